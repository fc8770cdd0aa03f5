/**
 * The people of the design's pictures. They are the first rows of their vendor, so that every sample, however small,
 * shows them, and were changed more recently than anyone who is made up.
 */

const HOUR = 60
const DAY = 24 * HOUR

export interface EndorsPerson {
  readonly first: string
  readonly last: string
  readonly company: string
  readonly email: string
  readonly phone: string
  readonly status: string
  readonly tags: readonly string[]
  readonly minutesAgo: number
}

const endors = (
  first: string,
  last: string,
  company: string,
  email: string,
  phone: string,
  tags: readonly string[],
  minutesAgo: number,
  status = 'active',
): EndorsPerson => ({ first, last, company, email, phone, tags, minutesAgo, status })

export const ENDORS_PEOPLE: readonly EndorsPerson[] = [
  endors(
    'Renée',
    'Dubois-Lefèvre',
    'Maison Lefèvre',
    'renee@maisonlefevre.example',
    '+33 6 55 50 14 22',
    ['enterprise'],
    8,
  ),
  endors(
    'Łukasz',
    'Wójcik',
    'Studio Lumière',
    'lukasz@studiolumiere.example',
    '+48 512 555 077',
    ['design', 'priority'],
    HOUR,
  ),
  endors('Camila', 'Restrepo', 'Café Altura', 'camila@cafealtura.example', '+57 300 555 0192', ['wholesale'], 2 * HOUR),
  endors(
    'Élodie',
    'Marchand',
    'Atelier Marchand',
    'elodie@marchand.example',
    '+33 6 55 50 17 80',
    ['design'],
    5 * HOUR,
    'paused',
  ),
  endors(
    'Mateus',
    'Gonçalves',
    'Vinhos do Tejo',
    'mateus@vinhostejo.example',
    '+351 912 555 064',
    ['wholesale'],
    22 * HOUR,
  ),
  endors('Viktor', 'Şerban', 'Carpatica Print', 'viktor@carpatica.example', '+40 721 555 083', ['pilot'], 46 * HOUR),
  endors('Lucía', 'García Ibáñez', 'Estudio Ribera', 'lucia@ribera.example', '+34 655 550 118', ['design'], 47 * HOUR),
  endors(
    'Teo',
    'García Whitfield',
    'Whitfield Press',
    'teo@whitfield.example',
    '+44 7700 900318',
    ['press'],
    49 * HOUR,
    'paused',
  ),
  endors('Hélène', 'Bosquet', 'Bosquet Fils', 'helene@bosquet.example', '+33 6 55 50 31 07', [], 50 * HOUR),
  endors('Jan', 'Novák', 'Novák Optik', 'jan@novakoptik.example', '+420 605 550 144', ['renewal'], 51 * HOUR),
]

export interface FullEngagePerson {
  readonly name: string
  readonly phone: string
  readonly status: string
  readonly notes: string | null
  readonly minutesAgo: number
  readonly createdDaysAgo: number
}

const fullEngage = (
  name: string,
  phone: string,
  minutesAgo: number,
  createdDaysAgo: number,
  notes: string | null = null,
  status = 'active',
): FullEngagePerson => ({ name, phone, status, notes, minutesAgo, createdDaysAgo })

export const FULL_ENGAGE_PEOPLE: readonly FullEngagePerson[] = [
  fullEngage(
    'Zoë Álvarez-Núñez',
    '+34 612 555 018',
    2,
    252,
    'Met at Offprint Arles. Prefers a call before ten; sends proofs on Thursdays.',
  ),
  fullEngage('Ingrid Sørensen', '+45 20 55 50 71', 4, 310, 'Prefers e-mail', 'inactive'),
  fullEngage('Bjørn Haugen', '+47 405 55 019', 26, 190, 'Contract ends in March.'),
  fullEngage('Jürgen Groß', '+49 151 555 0118', 2 * HOUR, 402, null, 'inactive'),
  fullEngage('Marek Dvořák', '+420 605 550 128', 4 * HOUR, 128, null, 'inactive'),
  fullEngage('Óscar García', '+52 55 5550 0144', 48 * HOUR, 77),
  fullEngage('Begoña García', '+34 655 550 162', 50 * HOUR, 61),
]

export interface SpottPerson {
  readonly first: string
  readonly last: string
  readonly company: string
  readonly stage: string
  readonly owner: string | null
  readonly fit: number | null
  readonly minutesAgo: number
}

const spott = (
  first: string,
  last: string,
  company: string,
  minutesAgo: number,
  owner: string | null = null,
  fit: number | null = null,
): Omit<SpottPerson, 'stage'> => ({ first, last, company, owner, fit, minutesAgo })
const inStage = (stage: string, people: readonly Omit<SpottPerson, 'stage'>[]): SpottPerson[] =>
  people.map((person) => ({ ...person, stage }))

const SARA = 'Sara Lind'
const OMAR = 'Omar Haddad'

export const SPOTT_PEOPLE: readonly SpottPerson[] = [
  ...inStage('Negotiation', [
    spott('Amara', 'Okonkwo', 'Lagos Light & Power', 41, null, 82),
    spott('Santiago', 'García', 'Puerto Claro', 23 * HOUR),
    spott('Dimitris', 'Παππάς', 'Aegean Freight', 24 * HOUR, SARA),
    spott('Yaw', 'Mensah', 'Volta Ceramics', 20 * DAY),
    spott('Tuuli', 'Mägi', 'Tartu Sensors', 42 * DAY),
    spott('Kwame', 'Boateng', 'Ashanti Cocoa', 44 * DAY, OMAR),
    spott('Marta', 'Şahin', 'Ege Ceramics', 46 * DAY, SARA),
    spott('Ólafur', 'Jónsson', 'Vestfirðir Fish', 48 * DAY),
    spott('Nour', 'El-Masri', 'Cedar Optics', 50 * DAY, SARA),
  ]),
  ...inStage('Proposal', [
    spott('서연', '김', 'Hanok Labs', HOUR, null, 79),
    spott('Søren', 'Kjær', 'Kjær & Co', 5 * DAY),
    spott('Nokuthula', 'Dube', 'Umoya Wind', 11 * DAY, OMAR),
    spott('Ewa', 'Błaszczyk', 'Wisła Medica', 32 * DAY, OMAR),
    spott('Chinonso', 'Obi', 'Enugu Steel', 34 * DAY, SARA),
    spott('Agnès', 'Roche', 'Imprimerie Roche', 36 * DAY),
    spott('Milan', 'Petrović', 'Dunav Logistik', 38 * DAY, SARA),
    spott('Sadia', 'Rahman', 'Padma Jute', 40 * DAY, OMAR),
  ]),
  ...inStage('Discovery', [
    spott('Thandiwe', 'Mbeki', 'Veld Analytics', 3 * HOUR, null, 88),
    spott('Zuriñe', 'Etxeberria', 'Bodegas Garcia', 7 * DAY, SARA),
    spott('太郎', '山本', '高橋設計', 9 * DAY),
    spott('Elif', 'Yıldız', 'Bosphorus Cargo', 12 * DAY, OMAR),
    spott('Oksana', 'Dmytrenko', 'Polissia Wood', 15 * DAY),
    spott('Rhys', 'Llewellyn', 'Cambrian Slate', 18 * DAY, SARA),
    spott('Hanna', 'Virtanen', 'Saimaa Glass', 26 * DAY, SARA),
    spott('Björk', 'Einarsdóttir', 'Reykjavík Wool', 28 * DAY, OMAR),
    spott('José Luis', 'Peña', 'Peña y Asociados', 30 * DAY),
  ]),
  ...inStage('Won', [
    spott('Noah', 'Lindqvist', 'Norrsken Energi', 6 * HOUR, SARA),
    spott('Beatriz', 'Araújo', 'Douro Cork', 2 * DAY),
    spott('Fatima Zahra', 'Alaoui', 'Atlas Argan', 5 * DAY, OMAR),
    spott('Ana Sofía', 'Ruiz', 'Minas Café', 52 * DAY, OMAR),
    spott('Petra', 'Čech', 'Brno Tools', 54 * DAY),
    spott('Ruth', 'Adeyemi', 'Ibadan Press', 56 * DAY, OMAR),
    spott('Ítalo', 'Brandão', 'Recife Radio', 58 * DAY, SARA),
    spott('Wiremu', 'Parata', 'Tasman Hops', 60 * DAY),
  ]),
  ...inStage('New lead', [
    spott('Ifeoma', 'Eze', 'Blue Delta Foods', 2 * DAY, SARA),
    spott('지훈', '박', '서울 Robotics', 3 * DAY, null, 74),
    spott('Matilde', 'Ferrão', 'Azulejo Norte', 4 * DAY, SARA),
    spott('Gaëtan', 'Leroux', 'Leroux Frères', 6 * DAY),
    spott('Priya', 'Nair', 'Monsoon Textiles', 8 * DAY, null, 61),
    spott('Aroha', 'Tamihana', 'Kauri Boats', 18 * DAY),
    spott('Vincent', 'Achterberg', 'Delta Papier', 20 * DAY, OMAR),
    spott('Leïla', 'Benali', 'Oran Textiles', 22 * DAY, SARA),
    spott('Diego', 'Fuentes', 'Sierra Solar', 24 * DAY),
  ]),
]

export interface ConnectPerson {
  readonly first: string
  readonly last: string
  readonly company: string
  readonly email: string
  readonly phone: string
  readonly leadStatus: number
  readonly minutesAgo: number
}

const connect = (
  first: string,
  last: string,
  company: string,
  email: string,
  phone: string,
  leadStatus: number,
  minutesAgo: number,
): ConnectPerson => ({ first, last, company, email, phone, leadStatus, minutesAgo })
const LEAD = 1
const QUALIFIED = 3

export const CONNECT_PEOPLE: readonly ConnectPerson[] = [
  connect('結衣', '渡辺', '青空設計', 'y.watanabe@aozora.example', '+81 90 5555 0147', QUALIFIED, 12),
  connect('Siobhán', "O'Neill", 'Harbour & Co', 'siobhan@harbour.example', '+353 85 555 0163', LEAD, 58),
  connect('Анна', 'Ковальчук', 'Kyiv Type Foundry', 'anna@kyivtype.example', '+380 67 555 0141', QUALIFIED, 3 * HOUR),
  connect('美玲', '林', 'Jade River Trading', 'meiling@jaderiver.example', '+886 912 555 036', LEAD, 5 * HOUR + 20),
  connect('Aoife', 'Ní Bhriain', 'Cló Press', 'aoife@clopress.example', '+353 86 555 0118', QUALIFIED, 25 * HOUR),
  connect(
    'Inés',
    'Garcia-Roux',
    'Roux Architectes',
    'ines@garcia-roux.example',
    '+33 6 55 50 21 90',
    QUALIFIED,
    49 * HOUR,
  ),
  connect('Hugo', 'Garciá', 'Hotel Mirador', 'hugo@mirador.example', '+351 912 555 017', LEAD, 51 * HOUR),
]

export interface ClntPerson {
  readonly first: string
  readonly last: string
  readonly email: string
  readonly phone: string
  readonly locale: string
  readonly timeZone: string
  readonly minutesAgo: number
}

const clnt = (
  first: string,
  last: string,
  email: string,
  phone: string,
  locale: string,
  timeZone: string,
  minutesAgo: number,
): ClntPerson => ({ first, last, email, phone, locale, timeZone, minutesAgo })

export const CLNT_PEOPLE: readonly ClntPerson[] = [
  clnt('Chloé', 'Fontaine', 'chloe.fontaine@poste.example', '+33655501109', 'fr-FR', 'Europe/Paris', 7 * HOUR),
  clnt('Tomáš', 'Horák', 'tomas.horak@email.example', '+420731555090', 'cs-CZ', 'Europe/Prague', 26 * HOUR),
  clnt('Marisol', 'García', 'marisol.garcia@mail.example', '+34655501733', 'es-ES', 'Europe/Madrid', 49 * HOUR),
  clnt('Nuria', 'Garcíandia', 'nuria@garciandia.example', '+34655501790', 'es-ES', 'Europe/Madrid', 52 * HOUR),
]
