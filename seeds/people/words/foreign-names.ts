import type { Sex } from '../../../contract/index.ts'

/** A word of a name as in a passport, and its reading. */
type Word = readonly [latin: string, kana: string]

/** A nationality as the register writes it, with family and given names usual there. */
export interface Nation {
  readonly nationality: string
  readonly family: readonly Word[]
  readonly given: Readonly<Record<Sex, readonly Word[]>>
}

/** Names in Latin capitals, family name first; `|` inside a name stands for the wide space. */
export const NATIONS: readonly Nation[] = [
  {
    nationality: 'ベトナム',
    family: [['NGUYEN', 'グエン'], ['TRAN', 'チャン'], ['PHAM', 'ファム'], ['HOANG', 'ホアン']],
    given: {
      male: [['VAN|MINH', 'ヴァン|ミン'], ['QUANG|HUY', 'クアン|フイ'], ['DUC|ANH', 'ドゥック|アイン']],
      female: [['THI|LAN', 'ティ|ラン'], ['THI|HUONG', 'ティ|フオン'], ['NGOC|MAI', 'ゴック|マイ']],
    },
  },
  {
    nationality: '中国',
    family: [['WANG', 'ワン'], ['LI', 'リー'], ['ZHANG', 'チャン'], ['CHEN', 'チェン']],
    given: {
      male: [['WEI', 'ウェイ'], ['JUNJIE', 'ジュンジエ'], ['HAO', 'ハオ']],
      female: [['XIAOYAN', 'シャオイェン'], ['MEILING', 'メイリン'], ['JING', 'ジン']],
    },
  },
  {
    nationality: '韓国',
    family: [['KIM', 'キム'], ['LEE', 'イ'], ['PARK', 'パク'], ['CHOI', 'チェ']],
    given: {
      male: [['MINJUN', 'ミンジュン'], ['JIHOON', 'ジフン'], ['SEOJOON', 'ソジュン']],
      female: [['SOYEON', 'ソヨン'], ['JIWOO', 'ジウ'], ['MINJI', 'ミンジ']],
    },
  },
  {
    nationality: 'フィリピン',
    family: [['SANTOS', 'サントス'], ['REYES', 'レイエス'], ['DELA|CRUZ', 'デラ|クルス'], ['GARCIA', 'ガルシア']],
    given: {
      male: [['JOSE|RAMON', 'ホセ|ラモン'], ['MARK|ANGELO', 'マーク|アンジェロ'], ['CARLO', 'カルロ']],
      female: [['MARIA|CLARA', 'マリア|クララ'], ['ANGELICA', 'アンジェリカ'], ['ROSE|ANN', 'ローズ|アン']],
    },
  },
  {
    nationality: 'ブラジル',
    family: [['SILVA', 'シルバ'], ['OLIVEIRA', 'オリベイラ'], ['SOUZA', 'ソウザ'], ['PEREIRA', 'ペレイラ']],
    given: {
      male: [['LUCAS|HENRIQUE', 'ルカス|エンリケ'], ['RAFAEL', 'ラファエル'], ['BRUNO', 'ブルーノ']],
      female: [['ANA|BEATRIZ', 'アナ|ベアトリス'], ['JULIANA', 'ジュリアナ'], ['CAMILA', 'カミラ']],
    },
  },
  {
    nationality: 'ネパール',
    family: [['SHRESTHA', 'シュレスタ'], ['GURUNG', 'グルン'], ['TAMANG', 'タマン'], ['THAPA', 'タパ']],
    given: {
      male: [['BISHAL', 'ビシャル'], ['RAM|BAHADUR', 'ラム|バハドゥル'], ['SURESH', 'スレシュ']],
      female: [['SITA', 'シタ'], ['ANJALI', 'アンジャリ'], ['PUJA', 'プジャ']],
    },
  },
  {
    nationality: '米国',
    family: [['MILLER', 'ミラー'], ['CARTER', 'カーター'], ['BENNETT', 'ベネット'], ['HAYES', 'ヘイズ']],
    given: {
      male: [['JOHN|PAUL', 'ジョン|ポール'], ['ERIC', 'エリック'], ['DANIEL', 'ダニエル']],
      female: [['EMILY|GRACE', 'エミリー|グレース'], ['LAURA', 'ローラ'], ['HANNAH', 'ハンナ']],
    },
  },
]
