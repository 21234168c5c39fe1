"""One sentence in each of the scripts that people here write: nobody could get out, the door was locked."""

from __future__ import annotations

from safeguarding import pdf
from safeguarding.papers import Words

LEFT_TO_RIGHT = {
    "Amharic": "በሩ ተቆልፎ ነበር ማንም መውጣት አልቻለም።",
    "Armenian": "Դուռը կողպված էր։",
    "Bengali": "আমি গতকাল দেখেছি যে দরজাটি তালাবদ্ধ ছিল। কেউ বের হতে পারেনি।",
    "Cantonese": "嗰道門鎖咗，冇人出得去，佢哋喺度嘅。",
    "Chinese": "门被锁上了，警报响起时没有人能出去。門被鎖上了。",
    "Georgian": "კარი ჩაკეტილი იყო.",
    "Greek": "Η πόρτα ήταν κλειδωμένη και κανείς δεν μπορούσε να βγει.",
    "Gujarati": "દરવાજો બંધ હતો અને કોઈ બહાર નીકળી શક્યું નહીં.",
    "Hindi": "दरवाज़ा बंद था और कोई बाहर नहीं निकल सका।",
    "Japanese": "ドアに鍵がかかっていて、誰も出られませんでした。",
    "Korean": "문이 잠겨 있어서 아무도 나갈 수 없었습니다.",
    "Malayalam": "വാതിൽ പൂട്ടിയിരുന്നു, ആർക്കും പുറത്തുകടക്കാൻ കഴിഞ്ഞില്ല.",
    "Polish": "Drzwi były zamknięte i nikt nie mógł wyjść. Zażółć gęślą jaźń.",
    "Punjabi": "ਦਰਵਾਜ਼ਾ ਬੰਦ ਸੀ ਅਤੇ ਕੋਈ ਬਾਹਰ ਨਹੀਂ ਨਿਕਲ ਸਕਿਆ।",
    "Romanian": "Ușa era încuiată și nimeni nu a putut ieși în față.",
    "Sinhala": "දොර අගුළු දමා තිබූ අතර කිසිවෙකුට පිටවීමට නොහැකි විය.",
    "Somali": "Albaabku wuu xirnaa, cidna kama bixi karin.",
    "Tamil": "கதவு பூட்டப்பட்டிருந்தது, யாரும் வெளியேற முடியவில்லை.",
    "Telugu": "తలుపు తాళం వేసి ఉంది, ఎవరూ బయటకు రాలేకపోయారు.",
    "Thai": "ประตูถูกล็อคและไม่มีใครออกไปได้",
    "Tigrinya": "ማዕጾ ተዓጽዩ ነበረ።",
    "Turkish": "Kapı kilitliydi ve kimse dışarı çıkamadı. Iğdır, İstanbul.",
    "Ukrainian": "Двері були замкнені, і ніхто не міг вийти. Їжак, ґанок.",
    "Vietnamese": "Cửa bị khóa và không ai có thể ra ngoài được.",
    "Welsh": "Roedd y drws ar glo. Ŵyr o'r tŷ, ŷd, ẃ.",
    "accents typed apart": "nai\u0308ve cafe\u0301 x\u0302 n",
    "emoji": "😀 😢 🥺 ❤️ 👍🏽 👩‍👩‍👧 🇬🇧 🏳️‍🌈 ☎️ ✔️ 1️⃣",
    "signs": "→ ✓ ✗ ☐ ★ € £ ½ … – — “x” ° ≥ • ¿",
}
RIGHT_TO_LEFT = {
    "Arabic": "كان الباب مقفلا ولم يستطع أحد الخروج",
    "Hebrew": "הדלת הייתה נעולה ואף אחד לא הצליח לצאת",
    "Kurdish": "دەرگاکە داخرابوو و کەس نەیتوانی بچێتە دەرەوە",
    "Pashto": "دروازه تړلې وه او هیڅوک ونه وتلی شول",
    "Persian": "در قفل بود و کسی نتوانست بیرون برود",
    "Urdu": "دروازہ بند تھا اور کوئی باہر نہیں نکل سکا",
}


def page(words: dict[str, str]) -> bytes:
    """A tagged PDF with one heading and one paragraph for each."""
    written = "".join(
        f'<h2>{name}</h2><p class="own" dir="{paragraph.direction}">{"".join(paragraph.pieces)}</p>'
        for name, text in words.items()
        for paragraph in Words(text).paragraphs
    )
    return pdf.render(
        f"<html lang=en><head><title>Scripts</title></head><body><h1>Scripts</h1>{written}</body></html>"
    )
