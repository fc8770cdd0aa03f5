/**
 * Invented people by region. Names stand in one text, parted by `|`; a name in another script carries the letters of
 * its e-mail address after `=`. In phone patterns `#` is any digit; numbers are from ranges kept for fiction where a
 * country has one.
 */
export type NameOrder = 'given-first' | 'family-first' | 'family-first-spaced'

export interface Region {
  readonly locale: string
  readonly country: string
  readonly city: string
  readonly timeZone: string
  readonly first: string
  readonly last: string
  readonly phones: readonly string[]
  /** Patterns of company names; `{last}` and `{word}` are filled in. */
  readonly companies: readonly string[]
  /** Default: given name first. */
  readonly nameOrder?: NameOrder
}

export const REGIONS: readonly Region[] = [
  {
    locale: 'es-ES',
    country: 'Spain',
    city: 'Valencia',
    timeZone: 'Europe/Madrid',
    first:
      'Lucía|Óscar|Begoña|Íñigo|María José|Nuria|Álvaro|Zoraida|Ana Sofía|Iñaki|Marisol|Raúl|Concepción|Julián|Ximena',
    last: 'García|Núñez|Ibáñez|Peña|Etxeberria|Martínez de la Vega|Muñoz|Quiñones|Álvarez|Sáenz|Ferrándiz|Güell|Solís|Ordóñez',
    phones: ['+34 6## 555 0##', '6## 55 50 ##', '+346##5550##', '(+34) 96# 555 0##'],
    companies: ['Estudio {word}', '{last} e Hijos', 'Talleres {last}', 'Bodegas {word}'],
  },
  {
    locale: 'fr-FR',
    country: 'France',
    city: 'Lyon',
    timeZone: 'Europe/Paris',
    first:
      'Renée|Élodie|François|Gaëtan|Chloé|Hélène|Noël|Anaïs|Océane|Thérèse|Jean-Baptiste|Maëlle|Aurélien|Zélie|Loïc',
    last: "Dubois|Lefèvre|Marchand|D'Aubigné|Béranger|Fontaine|L'Hôte|Saint-Exupère|Côté|Roche|Châtelain|Bosquet|Gaudière|Lemaître",
    phones: ['+33 6 55 50 ## ##', '06 55 50 ## ##', '+3365550####', '+33 (0)1 99 00 ## ##'],
    companies: ['Maison {last}', 'Atelier {word}', '{last} Frères', '{last} et Fils'],
  },
  {
    locale: 'de-DE',
    country: 'Germany',
    city: 'Leipzig',
    timeZone: 'Europe/Berlin',
    first: 'Jürgen|Käthe|Sören|Björn|Ulrike|Götz|Änne|Matthias|Jörg|Annegret|Lütfiye|Rüdiger|Heike|Torben|Friederike',
    last: 'Groß|Müller|Schäfer|Weiß|Köhler|von der Höh|Strauß|Löffelhardt|Bäcker|Jäger|Größwang|Nußbaum|Ostermann|Übelacker',
    phones: ['+49 151 555 01##', '030 5550 1###', '+49 (0)40 669 64#-##', '0049 89 5550 1##'],
    companies: ['{word} GmbH', '{last} & Söhne', '{last} Werkstatt', '{word} Logistik'],
  },
  {
    locale: 'pl-PL',
    country: 'Poland',
    city: 'Gdańsk',
    timeZone: 'Europe/Warsaw',
    first: 'Łukasz|Ewa|Małgorzata|Paweł|Świętosława|Grażyna|Michał|Żaneta|Wojciech|Agnieszka|Krzysztof|Bożena|Zbigniew',
    last: 'Wójcik|Błaszczyk|Ząbkowska|Szczęsny|Kowalczyk|Źrebiec|Brzęczyszczykiewicz|Łuczak|Dąbrowska|Kaźmierczak|Żuraw',
    phones: ['+48 512 555 0##', '512-555-0##', '+4851255501##', '58 555 0# ##'],
    companies: ['Studio {word}', '{last} Medica', 'Drukarnia {last}', 'Pracownia {word}'],
  },
  {
    locale: 'cs-CZ',
    country: 'Czechia',
    city: 'Brno',
    timeZone: 'Europe/Prague',
    first: 'Tomáš|Jiří|Božena|Řehoř|Kateřina|Vojtěch|Zdeňka|Ondřej|Alžběta|Luděk|Šárka|Jan|Květa',
    last: 'Dvořák|Novák|Čech|Horáková|Růžička|Šťastný|Kříž|Sedláčková|Žižka|Beneš|Říha|Pospíšil',
    phones: ['+420 605 550 1##', '605 550 1##', '+420 731 555 0##', '00420 5 4155 50##'],
    companies: ['{last} Optik', '{word} Tools', 'Sklárna {word}', '{last} a syn'],
  },
  {
    locale: 'da-DK',
    country: 'Denmark',
    city: 'Aarhus',
    timeZone: 'Europe/Copenhagen',
    first: 'Ingrid|Søren|Bjørn|Åse|Mikkel|Kåre|Sigrún|Jørgen|Tuuli|Märta|Øyvind|Ragnhild|Þóra|Noah',
    last: 'Sørensen|Haugen|Kjær|Åkesson|Lindqvist|Þórðardóttir|Mägi|Virtanen|Ødegård|Strømberg|Bjørnson|Hämäläinen',
    phones: ['+45 20 55 50 ##', '+47 405 55 0##', '20555 0##', '+46 70-174 06 ##'],
    companies: ['{word} AS', '{last} & Co', 'Norrsken {word}', '{last} Glas'],
  },
  {
    locale: 'pt-PT',
    country: 'Portugal',
    city: 'Porto',
    timeZone: 'Europe/Lisbon',
    first: 'Mateus|Matilde|João|Inês|Ítalo|Conceição|Beatriz|Gonçalo|Luís|Açucena|Simão|Fátima|Antónia',
    last: 'Gonçalves|Ferrão|Araújo|Brandão|da Conceição|Simões|Guimarães|Antão|Magalhães|dos Santos|Leitão|Falcão',
    phones: ['+351 912 555 0##', '912 555 0##', '+55 11 95550-01##', '+351912555###'],
    companies: ['Vinhos do {word}', '{word} Café', 'Azulejo {word}', '{last} & Filhos'],
  },
  {
    locale: 'en-IE',
    country: 'Ireland',
    city: 'Galway',
    timeZone: 'Europe/Dublin',
    first: "Siobhán|Aoife|Caoimhe|Rhys|Seán|D'Arcy|Niamh|Fionn|Maeve|Oisín|Gráinne|Teo|Róisín",
    last: "O'Neill|Ní Bhriain|O'Súilleabháin|Llewellyn|Mac Giolla|D'Souza|Whitfield|O’Hara|Fitz-Gerald|McEvoy|Ó Cléirigh",
    phones: ['+353 85 555 01##', '085 555 01##', '+44 7700 900###', '020 7946 0###'],
    companies: ['{last} Press', 'Harbour & {word}', '{word} Slate', '{last} & Daughters'],
  },
  {
    locale: 'en-US',
    country: 'USA',
    city: 'Portland',
    timeZone: 'America/Chicago',
    first: 'Amara|Marcus|Ruth|Thandiwe|Hugo|Priya|Wiremu|Grace|Diego|Nour|Imani|Caleb|Aroha|Tyrese|Renesmee',
    last: "Okonkwo|Mbeki|Adeyemi|Nair|Parata|O'Brien|Jackson-Reyes|Obi|Fuentes|El-Masri|Tamihana|Whitaker|Boateng",
    phones: ['+1 (647) 555 01##', '(312) 555-01##', '+1312555 01##', '312.555.01##', '+1 312 555 01## ext. ##'],
    companies: ['{word} Light & Power', '{word} Analytics', '{last} Steel', '{word} Textiles, Inc.'],
  },
  {
    locale: 'ja-JP',
    country: 'Japan',
    city: '京都',
    timeZone: 'Asia/Tokyo',
    first: '結衣=yui|太郎=taro|さくら=sakura|健一=kenichi|陽菜=hina|蓮=ren|美咲=misaki|大輔=daisuke|ひかり=hikari',
    last: '渡辺=watanabe|山本=yamamoto|髙橋=takahashi|佐藤=sato|小林=kobayashi|齋藤=saito|中村=nakamura|長谷川=hasegawa',
    phones: ['+81 90 5555 01##', '090-5555-01##', '03-5550-01##'],
    companies: ['{last}設計', '青空{last}工房', '{last}商店株式会社'],
    nameOrder: 'family-first-spaced',
  },
  {
    locale: 'ko-KR',
    country: 'South Korea',
    city: '서울',
    timeZone: 'Asia/Seoul',
    first: '서연=seoyeon|지훈=jihun|민준=minjun|하윤=hayun|도현=dohyun|수아=sua|은지=eunji',
    last: '김=kim|박=park|이=lee|최=choi|정=jung|강=kang|윤=yoon',
    phones: ['+82 10-5550-01##', '010-5550-01##', '+8210555 01##'],
    companies: ['한옥 Labs', '{last}씨네 공방', '서울 Robotics'],
    nameOrder: 'family-first',
  },
  {
    locale: 'zh-TW',
    country: 'Taiwan',
    city: '台南',
    timeZone: 'Asia/Taipei',
    first: '美玲=meiling|志明=zhiming|雅婷=yating|冠宇=guanyu|怡君=yijun|家豪=jiahao|淑芬=shufen',
    last: '林=lin|陳=chen|黃=huang|張=zhang|吳=wu|蔡=cai|歐陽=ouyang',
    phones: ['+886 912 555 0##', '0912-555-0##', '(06) 555 01##'],
    companies: ['玉河貿易', '{last}記茶行', '{last}氏設計'],
    nameOrder: 'family-first',
  },
  {
    locale: 'uk-UA',
    country: 'Ukraine',
    city: 'Київ',
    timeZone: 'Europe/Kyiv',
    first:
      'Анна=anna|Олександр=oleksandr|Марʼяна=mariana|Юрій=yurii|Соломія=solomiia|Богдан=bohdan|Їжакевич=yizhak|Ярослава=yaroslava',
    last: 'Ковальчук=kovalchuk|Шевченко=shevchenko|Дмитренко=dmytrenko|Григорʼєв=hryhoriev|Їжак=yizhak|Цимбалюк=tsymbaliuk|Щербак=shcherbak',
    phones: ['+380 67 555 01##', '067 555 01 ##', '+380 (44) 555-01-##'],
    companies: ['Київ Type Foundry', 'Майстерня {last}', 'Полісся {word}'],
  },
  {
    locale: 'el-GR',
    country: 'Greece',
    city: 'Θεσσαλονίκη',
    timeZone: 'Europe/Athens',
    first: 'Δημήτρης=dimitris|Ελένη=eleni|Γιώργος=giorgos|Κατερίνα=katerina|Άγγελος=angelos|Ξανθή=xanthi|Ιωάννα=ioanna',
    last: 'Παππάς=pappas|Οικονόμου=oikonomou|Μαρκόπουλος=markopoulos|Βλάχου=vlachou|Καζαντζής=kazantzis|Ψαράς=psaras',
    phones: ['+30 694 555 01##', '694 555 01##', '+30 2310 5550##'],
    companies: ['Aegean {word}', 'Αφοί {last}', 'Ναυτιλιακή {last}'],
  },
  {
    locale: 'tr-TR',
    country: 'Türkiye',
    city: 'İzmir',
    timeZone: 'Europe/Istanbul',
    first: 'Elif|İbrahim|Şebnem|Çağla|Ömer|Gülşah|Işıl|Viktor|Oğuz|Tuğçe|Ștefania|Ioana',
    last: 'Yıldız|Şahin|Çelik|Öztürk|Kılıç|Gündoğdu|Şerban|Ionescu|Güneş|Țăranu',
    phones: ['+90 532 555 01 ##', '0532 555 01 ##', '+40 721 555 0##'],
    companies: ['{word} Cargo', '{last} Ceramics', 'Carpatica {word}'],
  },
  {
    locale: 'nl-NL',
    country: 'Netherlands',
    city: 'Utrecht',
    timeZone: 'Europe/Amsterdam',
    first: 'Vincent|Noortje|Daniël|Zoë|Jurriën|Chiara|Niccolò|Maël|Benedetta|Giosuè|Anneloes',
    last: "Achterberg|van 't Hoff|de Vries|D'Angelo|van den Broeck|Dell'Acqua|Ruëll|Böhm|Székely|Kovács",
    phones: ['+31 6 5550 01##', '06-5550 01##', '+39 347 555 01##'],
    companies: ['{last} Papier', '{word} Boten', 'Officina {word}'],
  },
]

export const COMPANY_WORDS =
  'Ribera|Nord|Delta|Lumière|Aurora|Cobalt|Juniper|Kauri|Meridian|Sable|Tejo|Monsoon|Cedar|Volta|Cambria|Harvest|Orchard|Saffron|Basalt|Lantern|Quartz|Willow|Ember|Estuary|Marigold|Tundra|Vesper|Indigo|Sierra|Altura|Linden|Compass|Foundry|Pilot|Solstice|Umber|Kestrel|Halyard|Moraine|Thistle'.split(
    '|',
  )
