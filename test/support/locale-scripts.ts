import { letters, type Rule, type Rules, type Subject, wordsOnly } from './locale-rules.ts';

// Spelling, script and words of each language.

/** Letters and marks, not the punctuation that lies between them. */
const ARABIC = '[\\u0620-\\u065f\\u066e-\\u06d3\\u06d5-\\u06ff]';
/** A word of the Arabic script by itself: `\b` knows only Latin. */
const arabicWord = (words: string): RegExp => new RegExp(`(?<!${ARABIC}|\\u200c)(?:${words})(?!${ARABIC}|\\u200c)`);
const ethiopicWord = (words: string): RegExp => new RegExp(`(?<![\\u1200-\\u135a])(?:${words})(?![\\u1200-\\u135a])`);

/** Refuses what matches, and says what was found. */
const refuse =
  (pattern: RegExp, why: string, within: (subject: Subject) => string = ({ text }) => text): Rule =>
  (subject) => {
    const found = pattern.exec(within(subject));
    return found === null ? undefined : `${why}: ${found[0]}`;
  };
const words = ({ text }: Subject): string => wordsOnly(text);
const noLatin = refuse(/[A-Za-zÄÖÜäöüß]{2,}/, 'has a word in Latin letters', words);
const latinPunctuation = (why: string) => refuse(/[?,;](?!\S)/, why, words);

const arabicRules: Rules = {
  latin: noLatin,
  script: refuse(/[پچژگکیڤۀہےۆێ]|[\u1200-\u137f]/, 'has a letter that is not Arabic'),
  'other language': refuse(
    arabicWord('است|را|این|با|از|تا|شده|فردا|برای|شما|که|هستند|نیست|کنید|دارید|دارد|دادن|نوشتن|خانه|شب|هفته|صفحه'),
    'has a Persian word',
  ),
  tatweel: refuse(/ـ/, 'has a stretched letter'),
  tanwin: refuse(/اً/, 'writes tanwin after the alif: write ًا'),
  vowels: refuse(/[\u064c-\u0650\u0652]/, 'has vowel marks'),
  punctuation: latinPunctuation('has Latin punctuation: ، ؛ ؟'),
  spelling: refuse(arabicWord('فى|الى|علي|انت|انتم|هدا|لاكن|ان شاء|اليكم|او|اي|الان|اختيارى'), 'is misspelt'),
  forbidden: refuse(
    new RegExp(
      [
        'بموجب|حيث أن|المذكور أعلاه|وفقًا لأحكام|سيادتكم|حضرتكم|القيام ب|تم القيام|أنقر|محو الأمية',
        `(?<!${ARABIC})(?:اضغط|اختر|اكتب|ادخل|أدخل|اتصل)(?!وا)`,
        'ترحيل|مهرب|إدارة الاندماج',
      ].join('|'),
    ),
    'has a forbidden word',
  ),
};

/** Words that join with ZWNJ and that no rule below would find. */
const JOINED = ['آتش\u200cنشانی', 'سه\u200cشنبه', 'هم\u200cزمان', 'معاینه\u200cخانه', 'پیش\u200cنویس'];
const torn = new RegExp(JOINED.flatMap((word) => [word.replace('\u200c', ' '), word.replace('\u200c', '')]).join('|'));
const ENDING = 'ها|های|هایی|هایم|هایتان';

const farsiRules: Rules = {
  latin: noLatin,
  script: refuse(/[يكةىأإ]|[\u1200-\u137f]/, 'has a letter that is not Persian', ({ text }) =>
    text.replace(/تأیید|متأسف|مسأله/g, ''),
  ),
  'other language': refuse(
    arabicWord(`في|إلى|على|هذا|هذه|يرجى|تم|لديكم|عذرًا|غدًا|مع|بسبب|موعد|هل|نعم|لا|ال(?!ان)${ARABIC}{3,}`),
    'has an Arabic word',
  ),
  'zwnj: verb': refuse(new RegExp(`(?<!${ARABIC})ن?می ${ARABIC}`), 'has می and a space: ZWNJ'),
  'zwnj: verb joined': refuse(
    new RegExp(`(?<!${ARABIC}|\\u200c)ن?می(?!ز|ل|ان|دان(?!د)|وه|هن|راث|نو)${ARABIC}{3,}`),
    'has می joined to its verb: ZWNJ',
  ),
  'zwnj: ending': refuse(
    new RegExp(`${ARABIC} (?:${ENDING}|ای|ام|اید|اند|ایم)(?!${ARABIC})`),
    'has a torn ending: ZWNJ',
  ),
  'zwnj: ending joined': refuse(
    new RegExp(
      `(?<!${ARABIC})(?!تنها(?!${ARABIC})|آنها)${ARABIC}{2,}(?:${ENDING})(?!${ARABIC}|\\u200c)|${ARABIC}ه(?:ام|اید|اند|ایم|ای)(?!${ARABIC})`,
    ),
    'has a joined ending: ZWNJ',
  ),
  'zwnj: compound': refuse(torn, 'is a compound that needs ZWNJ'),
  'zwnj: dangling': refuse(/\u200c(?!\p{L})|(?<!\p{L})\u200c/u, 'has a dangling ZWNJ'),
  punctuation: latinPunctuation('has Latin punctuation: ، ؛ ؟'),
  forbidden: refuse(
    new RegExp(
      'می\\u200c?باش[ند]|نمایید|نموده|(?<![\\p{L}\\u200c])گرد(?:ید|د)|(?<!\\p{L})جهت |اینجانب|بدینوسیله|مقتضی|(?<!\\p{L})ذیل(?!\\p{L})|مرسی|' +
        '(?<!\\p{L})تو(?!\\p{L})|مکتب|اطلاعات|(?<!\\p{L})شام(?!\\p{L})|میشه|اینو|اخراج|دیپورت|قاچاق',
      'u',
    ),
    'has a forbidden word',
  ),
};

/** One person addressed as a friend: the bot says -ኩም to everybody. */
const SINGULAR = ethiopicWord(
  [
    'ኢኻ|ኢኺ|ዲኻ|ዲኺ|ኣለካ|ኣለኪ|ንስኻ|ንስኺ|ናትካ|ናትኪ',
    '(?!ተወሳኺ|ፋሲካ)[\\u1200-\\u135a]{2,}(?:ካ|ኪ|ኻ|ኺ|ካን|ኪን)',
    'ምረጽ|ጽሓፍ|ጠውቕ|ፈትን|ሕተት|ደውል|ጀምር|ስደድ|ተጸበ|ርአ|ድለ|ኣእቱ|ደምስስ|ቀጽል|ዓድም|ሃብ|ውጻእ',
  ].join('|'),
);

/** What only Tigrinya has: its letters ቐ and ኸ, ኣ at the head of a word, its small words. */
const ONLY_TIGRINYA = /[ቐ-ቝኸ-ዅኣሓዓ]|ናይ|እየ|እዩ|ዶ፧|ካብ|ምስ |ብዘይ|ክንደይ|ድሕሪ|ጥራይ/;

const tigrinyaRules: Rules = {
  latin: noLatin,
  script(subject) {
    const found = letters(subject.text);
    const ethiopic = found.filter((letter) => /[\u1200-\u137f]/.test(letter)).length;
    return found.length > 0 && ethiopic / found.length < 0.98 ? 'is not written in Ethiopic letters' : undefined;
  },
  'other language': refuse(
    /በጣም|እባክ|ዎች|(?:ነው|ናቸው|እና|ይህ|ላይ|ውስጥ|የለም|ጋር|ወደ|ምንም|ነገር ግን)(?![\u1200-\u135a])|(?:ኛል|ሃል|ሏል|ዋል|ቷል|ዟል|ሟል|ዷል|ቸዋል)/,
    'has Amharic',
  ),
  'only tigrinya': ({ text }) =>
    letters(text).length >= 15 && !ONLY_TIGRINYA.test(text) ? 'has nothing that only Tigrinya has' : undefined,
  eritrean: refuse(/[ፀ-ፆሠ-ሧኀ-ኇ]/, 'has a letter that Eritrea does not use'),
  'first letter': refuse(/(?<![\u1200-\u137f])[አዐ]/, 'begins a word with አ or ዐ: ኣ'),
  'full stop': refuse(/፡፡|::|፡/, 'has a fake full stop or comma: ። ፣'),
  punctuation: refuse(/[?,;:.!](?=\s|$|\))/, 'has Latin punctuation: ። ፣ ፤ ፧', ({ text }) =>
    wordsOnly(text).replace(/ \. ?\)/g, ''),
  ),
  singular: refuse(SINGULAR, 'addresses one person as a friend: -ኩም'),
  forbidden: refuse(/ምስግጋር|ኣሰጋገር|ምጥራዝ|ጥረዝ|መሃይምነት|ነጻ/, 'has a forbidden word'),
};

/** German words that are English words as well. */
const SHARED = new Set(
  'am an and bin bot chat data die dort die farsi dari film hand help her here hut in information km link man name not of office person start team telegram telephone so somali tag text was war will also number integration still dialog minute private tigrinya'.split(
    ' ',
  ),
);

/** English shares its letters with German: any German word of the source that is no English word is left over. */
const english: Rules = {
  latin: refuse(/[\u0590-\u137f]|[äöüßÄÖÜ]/, 'has a letter that is not English', words),
  'german word': ({ german, text }) => {
    const source = new Set(
      wordsOnly(german)
        .toLowerCase()
        .match(/[\p{L}-]{2,}/gu) ?? [],
    );
    const left = (
      wordsOnly(text)
        .toLowerCase()
        .match(/[\p{L}-]{2,}/gu) ?? []
    ).find((word) => source.has(word) && !SHARED.has(word));
    return left === undefined ? undefined : `has a German word left: ${left}`;
  },
  forbidden: refuse(/\b(?:deport\w*|illiterate|smuggl\w*|alien)\b/i, 'has a forbidden word'),
};

export const scriptRules: Readonly<Record<Subject['locale'], Rules>> = {
  ar: arabicRules,
  fa: farsiRules,
  ti: tigrinyaRules,
  en: english,
};
