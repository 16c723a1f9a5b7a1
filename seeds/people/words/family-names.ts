/**
 * Family names with their reading in katakana. Common ones, the commonest first; and those with characters that issuing
 * systems have stumbled over. Selectors are written as escapes, as they cannot be seen.
 *
 * Every character here is in BIZ UDMincho or Noto Serif JP, and every pair of base and selector is known to one of them; a
 * test holds this. Pairs that neither has (邉 with U+E0101 and on) are left out on purpose: nobody could print them.
 */
export interface FamilyName {
  readonly name: string
  readonly kana: string
}

const names = (kanaByName: Readonly<Record<string, string>>): readonly FamilyName[] =>
  Object.entries(kanaByName).map(([name, kana]) => ({ name, kana }))

/** About the commonest names of Japan, and some with older forms (澤, 德, 濵). */
export const COMMON_FAMILY_NAMES: readonly FamilyName[] = names({
  佐藤: 'サトウ', 鈴木: 'スズキ', 高橋: 'タカハシ', 田中: 'タナカ', 伊藤: 'イトウ', 渡辺: 'ワタナベ', 山本: 'ヤマモト',
  中村: 'ナカムラ', 小林: 'コバヤシ', 加藤: 'カトウ', 吉田: 'ヨシダ', 山田: 'ヤマダ', 佐々木: 'ササキ', 山口: 'ヤマグチ',
  松本: 'マツモト', 井上: 'イノウエ', 木村: 'キムラ', 林: 'ハヤシ', 斎藤: 'サイトウ', 清水: 'シミズ', 山崎: 'ヤマザキ',
  森: 'モリ', 池田: 'イケダ', 橋本: 'ハシモト', 阿部: 'アベ', 石川: 'イシカワ', 山下: 'ヤマシタ', 中島: 'ナカジマ',
  石井: 'イシイ', 小川: 'オガワ', 前田: 'マエダ', 岡田: 'オカダ', 長谷川: 'ハセガワ', 藤田: 'フジタ', 後藤: 'ゴトウ',
  近藤: 'コンドウ', 村上: 'ムラカミ', 遠藤: 'エンドウ', 青木: 'アオキ', 坂本: 'サカモト', 福田: 'フクダ', 太田: 'オオタ',
  西村: 'ニシムラ', 藤井: 'フジイ', 金子: 'カネコ', 岡本: 'オカモト', 藤原: 'フジワラ', 中野: 'ナカノ', 三浦: 'ミウラ',
  原田: 'ハラダ', 中川: 'ナカガワ', 松田: 'マツダ', 竹内: 'タケウチ', 小野: 'オノ', 田村: 'タムラ', 中山: 'ナカヤマ',
  和田: 'ワダ', 石田: 'イシダ', 森田: 'モリタ', 上田: 'ウエダ', 原: 'ハラ', 内田: 'ウチダ', 柴田: 'シバタ', 酒井: 'サカイ',
  宮崎: 'ミヤザキ', 横山: 'ヨコヤマ', 高木: 'タカギ', 安藤: 'アンドウ', 宮本: 'ミヤモト', 大野: 'オオノ', 小島: 'コジマ',
  谷口: 'タニグチ', 今井: 'イマイ', 工藤: 'クドウ', 増田: 'マスダ', 丸山: 'マルヤマ', 杉山: 'スギヤマ', 村田: 'ムラタ',
  大塚: 'オオツカ', 新井: 'アライ', 平野: 'ヒラノ', 菅原: 'スガワラ', 武田: 'タケダ', 野口: 'ノグチ', 松尾: 'マツオ',
  菊地: 'キクチ', 野村: 'ノムラ', 久保: 'クボ', 水野: 'ミズノ', 安永: 'ヤスナガ', 占部: 'ウラベ', 花田: 'ハナダ',
  澤田: 'サワダ', 德永: 'トクナガ', 濵田: 'ハマダ', 冨田: 'トミタ', 齋藤: 'サイトウ', 廣瀨: 'ヒロセ', 桒原: 'クワバラ',
  五十嵐: 'イガラシ', 小鳥遊: 'タカナシ', 一: 'ニノマエ',
})

/** With a character outside the Basic Multilingual Plane: two UTF-16 units, one character. */
export const SURROGATE_FAMILY_NAMES: readonly FamilyName[] = names({
  '\u{20BB7}田': 'ヨシダ', '\u{20BB7}川': 'ヨシカワ', '\u{20BB7}村': 'ヨシムラ', '\u{20BB7}岡': 'ヨシオカ',
  '\u{2123D}屋': 'ツチヤ', '\u{2363A}本': 'ハシモト',
})

/** With the ladder form 髙 (U+9AD9). */
export const LADDER_FAMILY_NAMES: readonly FamilyName[] = names({
  髙橋: 'タカハシ', 髙木: 'タカギ', 髙田: 'タカダ', 髙山: 'タカヤマ', 髙野: 'タカノ', 日髙: 'ヒダカ', 髙島: 'タカシマ',
})

/** With 﨑 (U+FA11), a compatibility block's character that must not be normalised away. */
export const STANDING_SAKI_FAMILY_NAMES: readonly FamilyName[] = names({
  山﨑: 'ヤマサキ', 神﨑: 'カンザキ', 川﨑: 'カワサキ', 岩﨑: 'イワサキ', 柿﨑: 'カキザキ', 﨑田: 'サキタ',
})

/** Names that are read alike and differ on paper by a variation selector, or by 邉 and 邊. */
export interface FamilyNameVariants {
  readonly kana: string
  readonly names: readonly [string, string, ...string[]]
}

export const SELECTOR_FAMILY_NAMES: readonly FamilyNameVariants[] = [
  { kana: 'ワタナベ', names: ['渡邉\u{E0100}', '渡邊\u{E0100}'] },
  { kana: 'カツラギ', names: ['葛\u{E0100}城', '葛\u{E0101}城'] },
  { kana: 'カサイ', names: ['葛\u{E0100}西', '葛\u{E0101}西'] },
  { kana: 'ツジモト', names: ['辻\u{E0100}本', '辻\u{E0101}本'] },
  { kana: 'ヒグチ', names: ['樋\u{E0100}口', '樋\u{E0101}口'] },
  { kana: 'サカキバラ', names: ['榊\u{E0100}原', '榊\u{E0101}原'] },
  { kana: 'アシダ', names: ['芦\u{E0100}田', '芦\u{E0101}田'] },
  { kana: 'イイヅカ', names: ['飯\u{E0100}塚', '飯\u{E0101}塚'] },
  { kana: 'ヤマサキ', names: ['山﨑\u{E0100}', '山﨑\u{E0101}'] },
  { kana: 'カワベ', names: ['川邉\u{E0100}', '川邊\u{E0100}'] },
]
