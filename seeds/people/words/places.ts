/**
 * Towns are invented from a first and a second part (星降 + 台). Prefectures and
 * cities elsewhere are real, the towns in them are not.
 */
export const TOWN_FIRST_PARTS: readonly string[] = [
  '星降', '月待', '風見', '雲居', '霧笛', '鳴砂', '夕影', '朝露', '花筏', '時雨', '虹架', '木霊', '水鏡', '蛍火', '雪兎', '萌黄',
  '見本', '仮寓', '書割', '影絵',
]
export const TOWN_SECOND_PARTS: readonly string[] = ['台', '町', 'が丘', '浜', '原', '野', '本町', '新田']

/** Where people come from and where their registered domicile may be; without wards. */
export const ELSEWHERE: readonly string[] = [
  '北海道函館市', '青森県八戸市', '岩手県花巻市', '秋田県横手市', '山形県米沢市', '福島県会津若松市', '茨城県土浦市', '栃木県足利市',
  '群馬県桐生市', '埼玉県川越市', '千葉県佐倉市', '東京都青梅市', '神奈川県小田原市', '新潟県長岡市', '富山県高岡市', '石川県七尾市',
  '長野県松本市', '岐阜県大垣市', '静岡県沼津市', '愛知県岡崎市', '三重県伊勢市', '滋賀県彦根市', '兵庫県姫路市', '奈良県橿原市',
  '鳥取県米子市', '島根県出雲市', '岡山県倉敷市', '広島県尾道市', '山口県萩市', '香川県丸亀市', '愛媛県今治市', '高知県四万十市',
  '福岡県久留米市', '佐賀県唐津市', '長崎県佐世保市', '大分県別府市', '宮崎県都城市', '鹿児島県霧島市', '沖縄県名護市',
]

/** Buildings: a kind and a name. */
export const BUILDING_KINDS: readonly string[] = ['コーポ', 'ハイツ', 'メゾン', 'サンライズ', 'グリーンハイム', '市営住宅']
export const BUILDING_NAMES: readonly string[] = ['見晴', '銀河', '若葉', '潮騒', '白樺', '千鳥', '明星', '山吹']
