/**
 * What a dot after a word may mean, apart from the end of a sentence. An entry that starts with a capital
 * counts only with that capital: "Gen. Lee", but "gen." is no title.
 */
export type Abbreviation =
  /** Something always follows: a title, a reference, a link between clauses. */
  | 'binding'
  /** A number follows; otherwise the word is an ordinary one. */
  | 'numbering'
  /** A sentence may end here or go on. */
  | 'open';

const BINDING = `
  mr mrs ms mx dr drs prof Reps Sens Govs Gens Profs Pvt Pfc Asst Adj Cdr Msgr hr hrn fr frl mme mmes mlle mlles mgr messrs sra srta dra dña dhr mevr mw exmo exma
  sig sigg dott avv geom inż dipl ing Me Mt Ft Gen Sen Rep Gov Col Capt Cpt Lt Sgt Cpl Maj Adm Cmdr Brig
  Rev Hon Pres Supt Insp Det Amb Sec Ald Atty MM Mons EE
  vs viz cf resp approx ca circa incl excl esp eg ie e.g i.e f.e med
  bzw z.b d.h u.a u.u m.e i.d.r s.o s.u z.t z.zt v.a evtl ggf ggfs inkl exkl vgl bspw sog kath ev geb gest
  p.ex c.-à-d c.à.d env p.ej bijv bv d.w.z o.a m.b.t i.v.m t.a.v f.eks bl.a dvs t.ex jf esim np tzn tj m.in
  např tzv örn π.χ δηλ т.е т.к напр ул им см стр вкл пл акад проф
  डॉ प्रो पं श्री कु सं`;

const NUMBERING = `
  no nos nr nrs núm num art arts p pp pg pgs fig figs abb abs tab vol vols bd bde ch chap cap kap sect par
  eq ref op cat tel tél fax rs app apt rm ver vers ed lin ll str v c s n
  févr janv juil avr рис тел`;

const OPEN = `
  inc ltd co cos corp bros llc plc llp gmbh ag jr sr esq etc usw ecc enz osv itd itp atd apod stb vb mm u.ä o.ä
  Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Okt Nov Dec Dez Déc Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun
  No Nos Nr Art Fig Figs Vol Vols al phd ph.d a.m p.m am pm St Ste Ave Blvd Rd Hwy Sq Bldg Dept Univ Assn Est UU Ud Uds
  st ave blvd rd m.m κ.λπ г гг в вв т.д т.п др тыс млн млрд руб`;

const OF_LANGUAGE: Readonly<Record<string, string>> = {
  da: 'afd kl frk jvf maks hhv mht fmd red adm ass stk pkt cand',
  de: `abt allg amtl anm aufl ausg bearb bes betr dgl ebd einschl ehem engl entspr frz gegr gem ges gez hg hrsg
    insb insbes jmd lat lfd lt max mind mtl österr rd städt tgl übers urspr verh vorm wg zus zzgl`,
  el: 'κα κος δρ αρ σελ βλ καθ λ.χ',
  es: `d lic gral párr párrf pág págs fdo dpto excmo excma ilmo ilma rvdo hnos avda prov máx mín vid dto ej
    arq ing`,
  fr: 'm mm pr chap fasc boul fbg éd vve réf tél pp hab',
  hu: 'pl ill kb özv ifj vö ún',
  it: `on arch rag es dir amm psicol spett egr gent preg ill rev mons fam pag pagg artt prot rif prov loc pres
    cfr`,
  nl: 'ir mr mw dhr ds jhr blz afd gem jl mej',
  no: 'kl maks red adm ev pga',
  pl: 'al ks św ul pl hab mgr gen płk kpt por tzw ok godz woj pow gm red poz ust pkt zob',
  pt: 'd eng arq pe profa drª pág págs av exª',
  ru: 'гл табл изд ред обл респ доц кв пос дер пер наб корп сокр ср',
  sv: 'kap kl ev tel bl.a f.d',
  tr: 'av doç yrd öğr bkz mah cad sok',
};

// Words that start sentences far more often than they stand within one after an abbreviation.
const STARTERS = new Set(
  `I He She It They We You The This That These Those There Their His Her Its Our My Your And But Or So Then If When
  While Although As At In On For From With After Before What Why How Who Where Is Are Was Were Do Does Did Not No
  Yes Let Now Here Some Many Most All Both Each Even Also However Please A An
  Il Elle On Nous Vous Ils Elles Je Tu Les Un Une Des Ce Cet Cette Ces Mais Et Dans Pour Au Aux Selon Après Avec
  Er Sie Es Wir Ihr Ich Die Eine Im Am Und Aber Doch Dann Damit Nach Mit Bei Auch Wenn Als Dies Diese Dieser
  Los Las Una En Pero Con Por Para Según Este Esta Su Lo Gli Una Uno Ma Per Nel Nella Questo Questa
  Os As Um Uma Mas Não Na No Het Een Dit Dat Zij Hij Ze Wij Maar Ook Bij Naar
  De Le La El Der Das Det Hun Han Hvad Hvor Og Men Jeg Vi Vad Och Jag`.split(/\s+/u),
);

// Starters that are also parts of names: "J. Le Carré", "A. Das", "R. Los".
const NAME_PARTS = new Set(
  'Die Los Las As Os Es Em On Han An A Na Ma Des De Le La El Der Das'.split(' '),
);

const SHORT_WORD = /^(?:\p{Script=Latin}{2,4}|\p{Script=Cyrillic}{2,4})$/u;
const VOWEL = /[aeiouyаеиоуыэюяіїєёў]/iu;
const WORDS_WITHOUT_VOWELS = new Set(['cs', 'sk', 'hr', 'sr', 'sl', 'bs', 'mk', 'cy']);

const ROMAN = /^[IVXLC]{1,7}$/u;

/** The languages that write ordinals with a dot: "12. Juni". */
const DOTTED_ORDINALS = new Set(
  'de da nb nn no fi is fo cs sk hu hr sr sl bs et lv lt pl tr eu'.split(' '),
);

const SHARED = index(BINDING, NUMBERING, OPEN);
const BY_LANGUAGE = new Map(
  Object.entries(OF_LANGUAGE).map(([language, words]) => [language, index(words, '', '')]),
);

/**
 * @param word what stands before the dot, without opening quotes and brackets
 * @param language primary subtag, or undefined if not known
 */
export function classifyAbbreviation(
  word: string,
  language: string | undefined,
): Abbreviation | undefined {
  const listed =
    (language && find(BY_LANGUAGE.get(language), word)) || find(SHARED, word) || undefined;
  if (listed) return listed;

  if (/^\p{Lu}$/u.test(word)) return 'open';
  // A single letter: "p. 5", "z. B.", the Arabic and Persian "د." and "م.". Hangul and Han letters are words.
  if (/^(?![\p{scx=Hang}\p{scx=Hani}\p{scx=Hira}\p{scx=Kana}])\p{L}$/u.test(word)) return 'binding';
  if (/^(?:\p{L}{1,3}\.)+\p{L}{1,3}$/u.test(word)) return 'open';
  return isClipped(word, language) ? 'open' : undefined;
}

/** True for "12" in German and its like, and for a short number where the language is not known. */
export function mayBeOrdinal(word: string, language: string | undefined): boolean {
  if (language !== undefined && !DOTTED_ORDINALS.has(language)) return false;
  return /^\p{Nd}{1,2}$/u.test(word) || (language !== undefined && ROMAN.test(word));
}

/** True if the word, after an abbreviation, most likely starts a sentence. */
export function startsSentence(word: string, isAfterInitial: boolean): boolean {
  return STARTERS.has(word) && !(isAfterInitial && NAME_PARTS.has(word));
}

/** "Ltd", "Bldg": short, not in capitals, and nobody could say it. */
function isClipped(word: string, language: string | undefined): boolean {
  if (language !== undefined && WORDS_WITHOUT_VOWELS.has(language)) return false;
  return SHORT_WORD.test(word) && /\p{Ll}/u.test(word) && !VOWEL.test(word.normalize('NFD'));
}

function find(words: ReadonlyMap<string, Abbreviation> | undefined, word: string) {
  return words?.get(word) ?? words?.get(word.toLowerCase());
}

function index(binding: string, numbering: string, open: string): Map<string, Abbreviation> {
  const words = new Map<string, Abbreviation>();
  const add = (list: string, kind: Abbreviation) => {
    for (const word of list.split(/\s+/u)) if (word !== '') words.set(word, kind);
  };
  add(open, 'open');
  add(numbering, 'numbering');
  add(binding, 'binding');
  return words;
}
