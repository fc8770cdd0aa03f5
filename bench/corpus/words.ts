import { Random } from './random.ts'

/** The words that the corpus is made of. All lists are made from fixed seeds: the corpus varies by its own seed only. */
const FIRST =
  'Maria James Anna John Olivia Thomas Sofia Peter Emma Michael Laura David Julia Robert Sarah Daniel Clara Martin Eva Lukas Zoë José Łukasz François Chloé Jürgen Søren Renée Björn Agnès Nuño Ondřej Émile Siân Ångela Ivana Marco Helena Nadia Victor Christopher Alexandra Katharina Sebastian Elizabeth Benjamin Jane Jonas Amira Noah'
const LAST =
  "Smith Müller Garcia Jones O'Connor Johnson Schmidt Brown Martinez Weber Williams Rossi Silva O’Neil Kowalski Dubois Andersen García Lefèvre Strauß Núñez Söderberg Wójcik Østergård Novák Nguyen Patel Fernández Müller-Lang Saint-Clair Papadopoulos Featherstone Montgomery Hernández Björklund"
const NOTE =
  'invoice proposal met at the conference asked about pricing for renewal contract signed waiting on legal review prefers email calls after lunch wants demo of new reporting budget approved next quarter decision maker introduced by partner follow up in spring discount requested onboarding finished training session planned happy with support ticket resolved migration from spreadsheet export problem reference customer case study referral workshop website redesign brand refresh annual report newsletter'
const JOBS =
  'Head of Marketing|Founder|Chief Executive Officer|Account Manager|Software Engineer|Product Designer|Procurement Lead|Sales Director|Office Manager|Consultant|Art Director|Data Analyst|Project Manager|Photographer|Operations Manager|Legal Counsel|Finance Director|Copywriter|Event Planner|Chief Technology Officer|Research Associate|Customer Success Manager|Editor|Architect|Developer Advocate|HR Partner|Brand Strategist|Owner|Producer|Team Lead'
const CITIES =
  'Berlin|München|Zürich|Paris|London|Málaga|São Paulo|New York|San Francisco|København|Kraków|Łódź|Wien|Oslo|Göteborg|Helsinki|Lisboa|Madrid|Barcelona|Milano|Roma|Athens|Dublin|Edinburgh|Amsterdam|Antwerpen|Bruxelles|Lyon|Marseille|Hamburg|Köln|Düsseldorf|Praha|Budapest|Warszawa|Reykjavík|Montréal|Toronto|Vancouver|Chicago|Austin|Boston|Seattle|Denver|Melbourne|Sydney|Auckland|Tokyo|Osaka|Singapore|Cape Town|Nairobi|Lagos|Bogotá|Santiago|Lima|Quito|Mexico City|Buenos Aires|Tel Aviv'
const TAGS =
  'vip,newsletter,lead,partner,priority,renewal,cold,warm,hot,event,speaker,press,investor,alumni,beta,churned,design,enterprise,freelance,nonprofit,reseller,startup,agency,education,health,retail,travel,wholesale,gold,silver'
const SUFFIX =
  'GmbH|Ltd|Inc|AG|SA|Studio|Partners|Group|Labs|& Co|Consulting|Design|Media|Systems|Works|Trading|Foods|Energy|Logistics|Capital'
const CJK_LAST = [...'王李张刘陈杨黄赵周吴佐藤鈴木高橋田中김이박최']
const CJK_FIRST = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平美咲翔太민준서연지우']
const CYRILLIC_FIRST =
  'Анна Иван Мария Дмитрий Елена Сергей Ольга Алексей Наталья Андрей Екатерина Михаил Татьяна Николай Ирина Павел Юлия Артём Світлана Олександр'
const CYRILLIC_LAST =
  'Иванов Петрова Смирнов Кузнецова Попов Васильева Соколов Михайлова Новиков Фёдорова Морозов Волкова Алексеев Лебедева Семёнов Егорова Шевченко Коваленко Бондаренко Ткаченко'
const SYLLABLES =
  'ba be bi bo bra bre da de di do dra el en er fa fe fi fo ga ge gi go gra ha he hi ho in is ja jo ka ke ki ko kra la le li lo lu ma me mi mo mu na ne ni no nu or pa pe pi po pra ra re ri ro ru sa se si so sta ste sto ta te ti to tra tu ul un va ve vi vo wa we wi yo za ze zi zo'
const ENDINGS = 'a,an,as,el,en,er,i,ia,in,is,o,on,or,us,ski,son,ley,man,berg,dt'.split(',')
/** How letters are dressed up in one made-up name of eight. */
const ACCENTS: Readonly<Record<string, string>> = { a: 'á', e: 'é', i: 'í', o: 'ö', u: 'ü', n: 'ñ', l: 'ł', s: 'š' }

export interface Words {
  readonly first: readonly string[]
  readonly last: readonly string[]
  readonly companyRoots: readonly string[]
  readonly suffixes: readonly string[]
  readonly notes: readonly string[]
  readonly jobs: readonly string[]
  readonly cities: readonly string[]
  readonly tags: readonly string[]
  readonly cjkLast: readonly string[]
  readonly cjkFirst: readonly string[]
  readonly cyrillicFirst: readonly string[]
  readonly cyrillicLast: readonly string[]
}

export function makeWords(): Words {
  return {
    first: grow(FIRST.split(' '), 3_000, 11, { syllables: [1, 2], accents: true }),
    last: grow(LAST.split(' '), 30_000, 12, { syllables: [2, 3], accents: true }),
    companyRoots: grow(['Acme', 'Fjord', 'Nordlicht', 'Blue Harbor', 'Straße'], 20_000, 13, {
      syllables: [2, 3],
      accents: false,
    }),
    suffixes: SUFFIX.split('|'),
    notes: grow([...new Set(NOTE.split(' '))], 2_000, 14, { syllables: [1, 3], accents: false }).map((word) =>
      word.toLowerCase(),
    ),
    jobs: JOBS.split('|'),
    cities: CITIES.split('|'),
    tags: TAGS.split(','),
    cjkLast: CJK_LAST,
    cjkFirst: CJK_FIRST,
    cyrillicFirst: CYRILLIC_FIRST.split(' '),
    cyrillicLast: CYRILLIC_LAST.split(' '),
  }
}

/** `known` and made-up words after them, until there are `count` different ones. */
function grow(
  known: readonly string[],
  count: number,
  seed: number,
  how: { readonly syllables: readonly [number, number]; readonly accents: boolean },
): readonly string[] {
  const random = new Random(seed, 0)
  const syllables = SYLLABLES.split(' ')
  const words = new Set(known)
  while (words.size < count) {
    let word = ''
    const parts = how.syllables[0] + random.below(how.syllables[1] - how.syllables[0] + 1)
    for (let i = 0; i < parts; i++) word += random.pick(syllables)
    word += random.pick(ENDINGS)
    if (how.accents && random.chance(1 / 8)) {
      const at = random.below(word.length)
      word = word.slice(0, at) + (ACCENTS[word.charAt(at)] ?? word.charAt(at)) + word.slice(at + 1)
    }
    words.add(word.charAt(0).toUpperCase() + word.slice(1))
  }
  return [...words]
}
