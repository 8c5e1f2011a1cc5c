"""Invented Indonesian names in bulk: skewed as real ones are, spelled in as many ways.

A few hundred common words carry most of the weight, a productive middle is put together of beginnings and endings (Nur
and haliza, Su and darto), and a long tail of rare words is made of syllables. Nobody real is meant.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate
from random import Random
from typing import NamedTuple

FEMALE_FIRST = (
    "Siti Sri Nur Dewi Ni Sitti Wahyuni Ratna Rina Yuni Fitri Eka Indah Lilis Yanti Endang Tri Maria Nurul Ani Rini "
    "Desi Novita Lestari Yuliana Umi Nining Mega Dwi Putri Ayu Intan Wulan Sulastri Kartini Suharti Aisyah Fatimah "
    "Khadijah Zahra Nabila Salsabila Aulia Annisa Rahma Rahmawati Hasanah Halimah Maryam Mariyam Rohani Rosmaini "
    "Rosnida Yusnidar Ermawati Asni Murni Nurhayati Nuraini Kartika Melati Mawar Cahaya Citra Dian Diah Dyah Elly "
    "Evi Fitriani Gita Hesti Ika Ina Ira Juwariyah Kasmi Leni Lina Mariana Marlina Mimi Mira Nanik Nia Oktavia "
    "Partini Poniyem Puji Ratih Resti Retno Rika Risma Rosa Rukmini Sari Selvi Shinta Sinta Susanti Susi Suyanti "
    "Tini Titin Tuti Vera Vina Warsini Watini Wiwik Yeni Yulia Yusni Zubaidah Zulaikha Zuraida Icha Keysha Alya "
    "Naura Kirana"
).split()

MALE_FIRST = (
    "Muhammad Ahmad Agus Budi Eko Andi Dedi Joko Slamet Sugeng Bambang Hendra Rudi Dwi Tri Sutrisno Suparman "
    "Supardi Abdul Muhamad Mohammad Moh. Moch. Rizki Rizky Fajar Bayu Dimas Arif Arief Hasan Husein Ali Umar Usman "
    "Ibrahim Ismail Yusuf Ilham Rahmat Hidayat Taufik Zainal Syamsul Samsul Saiful Jamaludin Jamal Kamal Rusdi "
    "Hendri Hermanto Heri Iwan Irwan Indra Jefri Johan Junaidi Kusnadi Lukman Mulyadi Nanang Nasrul Nur Oki Pardi "
    "Purwanto Raden Ridwan Robi Rusli Sahrul Sarwono Setiawan Sigit Solihin Sudarto Suharto Sukirman Sumarno "
    "Suprapto Suryadi Sutarno Tarmizi Teguh Tono Ujang Wahyu Warsito Wawan Wayan Made Nyoman Ketut Putu Komang "
    "Yanto Yoga Yusril Zaenal Zulkifli Zulfikar Fauzan Farhan Fikri Hafiz Habib Naufal Rafi Raka Rangga Reza Rendi "
    "Satria Alif Arya Bagas Bagus Galih Gilang Ivan"
).split()

FEMALE_LAST = (
    "Aminah Rahayu Wahyuni Lestari Handayani Astuti Sari Wati Utami Puspita Anggraini Safitri Maharani Permatasari "
    "Kusuma Hasanah Khasanah Fatimah Zahra Azizah Jannah Aini Hidayah Hidayati Nuraini Nurjanah Nurhaliza Nurbaya "
    "Rohmah Rahmah Rahmawati Susanti Susilawati Setyowati Widiastuti Indrawati Kurniawati Mulyani Suryani Fitriani "
    "Yuliani Apriliani Oktaviani Novitasari Ramadhani Amelia Maulida Marlina Herawati Ernawati Hartati Suhartini "
    "Sulistyowati Winarti Wulandari Purnamasari Kartikasari Cahyani Andriani Anjani Agustina Agustin Salamah "
    "Masruroh Mutmainah Solehah Sholihah Khotimah Qomariyah Badriyah Munawaroh Maemunah Rukayah Sofiah Zulaeha Ulfa "
    "Siregar"
).split()

MALE_LAST = (
    "Saputra Setiawan Kurniawan Hidayat Wijaya Santoso Susanto Prasetyo Nugroho Wibowo Purnomo Suryadi Gunawan "
    "Hartono Firmansyah Ramadhan Maulana Pratama Permana Fauzi Fauzan Rahman Rahim Hakim Aziz Malik Latif Rosyid "
    "Rasyid Syah Hamid Halim Karim Salam Wahid Ghani Ghofur Manan Mukti Mustofa Mustafa Arifin Syarif Syarifudin "
    "Syamsudin Zainudin Jamaluddin Kamaludin Nasution Siregar Harahap Lubis Hutapea Simanjuntak Sitorus Tanjung "
    "Chaniago Koto Piliang Sinaga Ginting Tarigan Sembiring Pasaribu Panggabean Manurung Situmorang Wirawan "
    "Darmawan Hermawan Irawan Budiman Sudirman Sulaiman Efendi Effendi Anwar Akbar Alamsyah Ardiansyah Adi Putra "
    "Jaya Surya Utomo Widodo Raharjo Supriyadi Mulyono"
).split()

BEGINNINGS = {
    "P": (
        "Nur Su Sri Mar Yul Wid Ros Ern Her Rus Kas Tar Zul Has Sal Lis Sus Win Har Mul Kar Sum Sud Wah Ras Yun"
    ).split(),
    "L": (
        "Su Sur Har Her Sam Mul Pur Kas Tar Zul Nas Has Sal Bas Dar Mar War Wid Ram Rus Sah Man Jum Mis Tuk Ngat"
    ).split(),
}
ENDINGS = {
    "P": (
        "haliza jannah aini baiti asiah ani yati wati tini nah miyati liana lina syidah hayati laila mala kumala "
        "isah iyem inah arti iningsih ningsih yanti tika rida nida neli miati midah nita mini sia lena dah"
    ).split(),
    "L": (
        "darto kirman yono yanto mardi tono wanto parno jono jiman yadi madi min man din rin ruddin sudin adi anto "
        "tarjo tejo doyo giman gino giyo kardi karno lam lianto naryo nyoto pandi riyanto rudin sono tris"
    ).split(),
}
ONSETS = "b d f g h j k l m n p r s t w y z c ny sy kh dr pr tr kr".split()
VOWELS = "a i u e o a i a u".split()
CODAS = ["", "", "", "n", "r", "s", "l", "m", "h", "t", "k", "ng"]

PLACES = (
    "Melati Mawar Kenanga Cempaka Anggrek Merdeka Sudirman Diponegoro Pasar Baru Lama Koto Sungai Batang Air Bukit "
    "Tanjung Gasang Bayua Kampung Tengah Mudik Hilir Duku Kelapa Beringin Mesjid Pahlawan Veteran Mangga Rambutan "
    "Durian"
).split()

VARIANTS = (
    (r"u(?=[^aiueo]|$)", "oe"),
    (r"(?i)^y(?=[aeiou])", "J"),
    (r"y(?=[aeiou])", "j"),
    (r"j(?=[aeiou])", "dj"),
    (r"(?i)^j(?=[aeiou])", "Dj"),
    (r"(?i)^c(?=[aeiou])", "Tj"),
    (r"sy", "sj"),
    (r"sy", "s"),
    (r"kh", "ch"),
    (r"f", "p"),
    (r"(?<=[aeiou])([lnmst])(?=[aeiou])", r"\1\1"),
    (r"h$", ""),
    (r"i$", "y"),
    (r"z", "s"),
    (r"d$", "t"),
    (r"dh", "d"),
    (r"q", "k"),
    (r"ae", "ai"),
    (r"iy", "i"),
)

ALPHABET = "abcdefghijklmnopqrstuvwxyz"
BABIES = ("By. Ny. {}", "By Ny {}", "Bayi Ny. {}")


class Choice(NamedTuple):
    """Words and their running weights, as `Random.choices` wants them."""

    words: tuple[str, ...]
    weights: tuple[float, ...]


def _skewed(words: list[str], flat: float = 4.0) -> Choice:
    """Words in order of how common they are: each a bit rarer than the one before (Zipf)."""
    unique = tuple(dict.fromkeys(words))
    return Choice(unique, tuple(accumulate(1 / (rank + flat) for rank in range(len(unique)))))


@cache
def _rare(sex: str, size: int = 14_000) -> Choice:
    """Rare words made of syllables, the same ones each time."""
    rng = Random(f"rare {sex}")
    made = []
    for _ in range(size):
        syllables = rng.choices((2, 3, 4), (5, 4, 1))[0]
        word = "".join(rng.choice(ONSETS) + rng.choice(VOWELS) for _ in range(syllables)) + rng.choice(CODAS)
        made.append((word + ("" if sex == "L" else rng.choice(("ah", "a", "i", "wati")))).capitalize())
    return _skewed(made, 400.0)


@cache
def _common(sex: str) -> tuple[Choice, Choice, Choice]:
    """First words, last words, and words put together."""
    rng = Random(f"middle {sex}")
    joined = [a + b for a in BEGINNINGS[sex] for b in ENDINGS[sex]]
    rng.shuffle(joined)
    first, last = (FEMALE_FIRST, FEMALE_LAST) if sex == "P" else (MALE_FIRST, MALE_LAST)
    return _skewed(first), _skewed(last), _skewed(joined, 60.0)


def _pick(rng: Random, choice: Choice) -> str:
    return rng.choices(choice.words, cum_weights=choice.weights)[0]


def respelled(rng: Random, word: str, steps: int = 1) -> str:
    """The word as somebody else would write it: old orthography, doubled or dropped letters."""
    for _ in range(steps):
        for pattern, put in rng.sample(VARIANTS, len(VARIANTS)):
            changed = re.sub(pattern, put, word, count=1)
            if changed != word:
                word = changed[:1].upper() + changed[1:]
                break
    return word


def slipped(rng: Random, name: str) -> str:
    """One letter of the name left out, put in, wrong, or swapped with its neighbour (never a blank)."""
    spots = [i for i, letter in enumerate(name) if letter.isalpha()]
    while True:
        i = rng.choice(spots)
        kind = rng.randrange(4)
        if kind == 0:
            found = name[:i] + name[i + 1 :]
        elif kind == 1:
            found = name[:i] + rng.choice(ALPHABET) + name[i:]
        elif kind == 2:
            found = name[:i] + rng.choice(ALPHABET) + name[i + 1 :]
        elif i + 1 < len(name) and name[i + 1].isalpha():
            found = name[:i] + name[i + 1] + name[i] + name[i + 2 :]
        else:
            continue
        if found != name and len(found.split()) == len(name.split()):
            return found


def invented(rng: Random, sex: str) -> str:
    """A full name of one to four words."""
    first, last, joined = _common(sex)
    rare = _rare(sex)
    words = []
    count = rng.choices((1, 2, 3, 4), (13, 55, 27, 5))[0]
    for place in range(count):
        dice = rng.random()
        if dice < 0.10:
            word = _pick(rng, rare)
        elif dice < 0.30:
            word = _pick(rng, joined)
        elif dice < 0.34:
            word = _pick(rng, _common("L" if sex == "P" else "P")[1])
        else:
            word = _pick(rng, first if place == 0 else last if place == count - 1 else rng.choice((first, last)))
        if rng.random() < 0.04:
            word = respelled(rng, word)
        words.append(word)
    return " ".join(words)
