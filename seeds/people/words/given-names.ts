import type { Sex } from '../../../contract/index.ts'

/** A given name and its reading in katakana. */
export interface GivenName {
  readonly name: string
  readonly kana: string
}

/** The names of those born before 1950, 1950 to 1974, 1975 to 1997, and later; at least as many in each as in a household. */
interface Generation {
  readonly bornBefore: string
  readonly names: Readonly<Record<Sex, readonly GivenName[]>>
}

const names = (kanaByName: Readonly<Record<string, string>>): readonly GivenName[] =>
  Object.entries(kanaByName).map(([name, kana]) => ({ name, kana }))

const GENERATIONS: readonly Generation[] = [
  {
    bornBefore: '1950-01-01',
    names: {
      male: names({
        正雄: 'マサオ', 清: 'キヨシ', 茂: 'シゲル', 勇: 'イサム', 三郎: 'サブロウ', 武: 'タケシ', 昭二: 'ショウジ', 義雄: 'ヨシオ',
        和夫: 'カズオ', 辰夫: 'タツオ', 勝: 'マサル', 実: 'ミノル', 進: 'ススム', 弘: 'ヒロシ', 喜一: 'キイチ', 貞夫: 'サダオ',
      }),
      female: names({
        和子: 'カズコ', 幸子: 'サチコ', 節子: 'セツコ', 文子: 'フミコ', 千代: 'チヨ', ハル: 'ハル', キヨ: 'キヨ', 久子: 'ヒサコ',
        芳子: 'ヨシコ', 富子: 'トミコ', 静江: 'シズエ', 八重: 'ヤエ', 敏子: 'トシコ', 澄江: 'スミエ', 美代子: 'ミヨコ', 房子: 'フサコ',
      }),
    },
  },
  {
    bornBefore: '1975-01-01',
    names: {
      male: names({
        誠: 'マコト', 浩: 'ヒロシ', 隆: 'タカシ', 修: 'オサム', 健一: 'ケンイチ', 哲也: 'テツヤ', 豊: 'ユタカ', 学: 'マナブ',
        秀樹: 'ヒデキ', 剛: 'ツヨシ', 徹: 'トオル', 康弘: 'ヤスヒロ', 俊介: 'シュンスケ', 直人: 'ナオト', 明: 'アキラ', 正樹: 'マサキ',
      }),
      female: names({
        恵子: 'ケイコ', 京子: 'キョウコ', 由美子: 'ユミコ', 明美: 'アケミ', 洋子: 'ヨウコ', 裕子: 'ユウコ', 真由美: 'マユミ',
        久美子: 'クミコ', 直美: 'ナオミ', 智子: 'トモコ', 陽子: 'ヨウコ', 典子: 'ノリコ', 香織: 'カオリ', 純子: 'ジュンコ',
        康子: 'ヤスコ', 美穂: 'ミホ',
      }),
    },
  },
  {
    bornBefore: '1998-01-01',
    names: {
      male: names({
        大輔: 'ダイスケ', 翔太: 'ショウタ', 健太: 'ケンタ', 拓也: 'タクヤ', 直樹: 'ナオキ', 亮: 'リョウ', 達也: 'タツヤ', 和也: 'カズヤ',
        雄太: 'ユウタ', 祐介: 'ユウスケ', 洋平: 'ヨウヘイ', 慎吾: 'シンゴ', 智也: 'トモヤ', 優: 'ユウ', 駿: 'シュン', 圭: 'ケイ',
      }),
      female: names({
        愛: 'アイ', 彩: 'アヤ', 美咲: 'ミサキ', 麻衣: 'マイ', 千尋: 'チヒロ', 舞: 'マイ', 沙織: 'サオリ', 恵美: 'エミ',
        綾: 'アヤ', 由佳: 'ユカ', 奈々: 'ナナ', 亜美: 'アミ', 瞳: 'ヒトミ', 遥: 'ハルカ', 早紀: 'サキ', 詩織: 'シオリ',
      }),
    },
  },
  {
    bornBefore: '9999-12-31',
    names: {
      male: names({
        蓮: 'レン', 陽翔: 'ハルト', 湊: 'ミナト', 悠真: 'ユウマ', 蒼: 'アオイ', 大和: 'ヤマト', 樹: 'イツキ', 颯太: 'ソウタ',
        律: 'リツ', 朝陽: 'アサヒ', 奏: 'カナデ', 翼: 'ツバサ', 海斗: 'カイト', 陸: 'リク', 健斗: 'ケント', 新: 'アラタ',
      }),
      female: names({
        陽葵: 'ヒマリ', 結菜: 'ユイナ', 凛: 'リン', 葵: 'アオイ', 芽依: 'メイ', 紬: 'ツムギ', 莉子: 'リコ', 美月: 'ミツキ',
        咲良: 'サクラ', 心春: 'コハル', 彩葉: 'イロハ', 花: 'ハナ', 楓: 'カエデ', 千夏: 'チナツ', 琴音: 'コトネ', 澪: 'ミオ',
      }),
    },
  },
]

/** The names usual for this sex among those born on that day. */
export function givenNamesOf(sex: Sex, birthDate: string): readonly GivenName[] {
  return GENERATIONS.find(({ bornBefore }) => birthDate < bornBefore)?.names[sex] ?? []
}
