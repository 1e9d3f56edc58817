"""Vocabulary of work histories: words for roles, organisations, kinds of employment, sections and labels.

All words are folded: in lower case and without accents (`portfolio.documents.months.fold`). They are those of English,
German, French, Spanish, Portuguese, Italian, Dutch and Japanese, the languages that periods are read in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from experience.from_text.parser.kinds import HistoryKind
from portfolio.documents.months import fold

ROLE_STEMS = tuple(
    """
    accountant administrator adviser advisor analyst analista analyste assistant asistente apprentice attorney
    becari buyer captain cashier cofounder consultant consultor coordinador coordinator curator
    desarrollador desenvolvedor designer developer developpeur developpeuse directeur directrice director direttor
    disenador dozent editor electrician engenheir engineer enseignant entwickler evangelist founder gardener
    geschaftsfuhrer gestionnaire hilfskraft ingegner ingenier ingenieur investigador journalist kauffrau kaufmann
    keeper lawyer lecturer lehrer leiter leitung librarian manager mechanic medewerker mender mitarbeiter nurse
    officer onderzoeker ontwikkelaar operator photographer pilot planner postdoc praktikant president producer
    profesor professeur professor programador programmer recruiter redacteur redakteur referent researcher
    responsable ricercator sachbearbeiter scientist secretary specialist stagiair strategist supervisor sviluppator
    teacher technician technicien techniker tecnic tester tirocinante trainee translator tutor verkaufer volunteer
    waiter werkstudent wissenschaftlich writer berater chercheur conseiller forscher gerente estagiari auszubildend
    """.split()
)
ROLE_ENDINGS = tuple(
    """
    assistent assistentin berater beraterin entwickler entwicklerin ingenieur ingenieurin leiter leiterin manager
    managerin redakteur redakteurin student studentin techniker technikerin verwalter verwalterin lehrer lehrerin
    """.split()
)
ROLE_WORDS = frozenset(
    """
    architect associate barista ceo cfo chargee charge chef chief cio clerk coo cook cto driver fellow head intern jefa
    jefe junior lead leader member owner partner phd principal senior student vice vp encargada encargado reporter
    """.split()
)
ORGANISATION_WORDS = frozenset(
    """
    academy agence agencia agency agentur airlines akademie association associates bank bv clinic co college compagnie
    compania company consulting corp corporation council ecole energy escuela fachhochschule fondation foundation
    fundacion gmbh groupe group grupo gruppe hochschule holding holdings hospital inc industries institut institute
    instituto instruments international istituto kg klinik klinikum lab laboratoire laboratory labs llc llp logistics
    ltd mbh media ministerium ministry museum networks nv partners plc press robotics sarl sas school schule services
    society software solutions srl stiftung studio studios systeme systems technologies technology universidad
    universidade universita universitat universite universiteit university ventures verein verlag werke works
    """.split()
)
# Japanese writes no spaces, so these stand anywhere in a name, or at its end.
JAPANESE_ROLES = tuple(
    fold(word)
    for word in """
    エンジニア マネージャー マネジャー デザイナー アナリスト コンサルタント ディレクター リーダー プログラマー
    インターン サイエンティスト 研究員 主任 部長 課長 係長 社長 取締役 営業 担当 開発者 教授 講師 助教 記者 編集者 医師
    看護師 教員 教師 技術者 技師 職員 社員 助手 秘書 翻訳者
    """.split()
)
JAPANESE_ORGANISATIONS = tuple(
    fold(word)
    for word in """
    株式会社 有限会社 合同会社 合資会社 社団法人 財団法人 大学 研究所 研究室 病院 銀行 協会 学校 学院 財団 新聞社 出版社
    """.split()
)
_EMPLOYMENT = """
    full time|fulltime|full time permanent|part time|parttime|self employed|freelance|freelancer|contract|contractor|
    internship|apprenticeship|seasonal|permanent|temporary|volunteer|volunteering|working student|student worker|
    vollzeit|teilzeit|angestellt|festanstellung|selbststandig|selbstandig|freiberuflich|praktikum|befristet|
    unbefristet|minijob|ehrenamtlich|temps plein|temps partiel|plein temps|independant|independante|stage|alternance|
    cdi|cdd|interim|tiempo completo|jornada completa|media jornada|jornada parcial|tiempo parcial|autonomo|autonoma|
    practicas|contrato temporal|tempo integral|meio periodo|autonomo|estagio|tempo pieno|tempo parziale|tirocinio|
    voltijd|deeltijd|zzp|正社員|契約社員|派遣社員|アルバイト|業務委託|フリーランス|非常勤|常勤
"""
_WORKPLACE = """
    remote|hybrid|on site|onsite|homeoffice|home office|vor ort|mobil|hybride|sur site|a distance|teletravail|
    teletrabajo|remoto|hibrido|presencial|in presenza|da remoto|op locatie|thuiswerk
"""
_EXPERIENCE = """
    experience|work experience|professional experience|relevant experience|employment|employment history|work history|
    career|career history|professional background|positions|internships|selected experience|work|
    berufserfahrung|berufspraxis|beruflicher werdegang|werdegang|praxiserfahrung|berufliche erfahrung|beruf|praktika|
    arbeitserfahrung|berufliche stationen|experiences|experience professionnelle|experiences professionnelles|
    parcours professionnel|emplois|experiencia|experiencia laboral|experiencia profesional|trayectoria profesional|
    experiencia profissional|experiencias|esperienza|esperienze|esperienza lavorativa|esperienze lavorative|
    esperienza professionale|esperienze professionali|werkervaring|ervaring|loopbaan|
    職歴|職務経歴|職務経験|経歴|業務経歴
"""
_OTHER_SECTIONS = """
    education|education and training|academic background|publications|selected publications|skills|top skills|
    technical skills|key skills|core skills|languages|certifications|certificates|licenses and certifications|
    licenses certifications|licences and certifications|awards|honors and awards|honors awards|honours and awards|
    honours|volunteering|volunteer experience|volunteer work|interests|hobbies|references|recommendations|summary|
    about|about me|profile|personal profile|contact|contact details|personal details|projects|courses|patents|
    talks|presentations|conferences|memberships|organizations|causes|featured|activity|test scores|
    ausbildung|bildung|bildungsweg|schulbildung|studium|akademischer werdegang|kenntnisse|fahigkeiten|kompetenzen|
    edv kenntnisse|it kenntnisse|sprachen|sprachkenntnisse|veroffentlichungen|publikationen|zertifikate|
    weiterbildung|weiterbildungen|auszeichnungen|interessen|ehrenamt|referenzen|profil|uber mich|kontakt|
    personliche daten|projekte|hobbys|vortrage|formation|formations|etudes|diplomes|competences|langues|certifications|
    centres d interet|loisirs|benevolat|a propos|coordonnees|projets|prix|distinctions|
    educacion|formacion|formacion academica|estudios|habilidades|aptitudes|competencias|conocimientos|idiomas|
    publicaciones|certificaciones|licencias y certificaciones|premios|reconocimientos|voluntariado|intereses|
    referencias|perfil|resumen|extracto|acerca de|sobre mi|contacto|datos personales|proyectos|cursos|
    formacao|formacao academica|educacao|idiomas|certificados|publicacoes|projetos|istruzione|formazione|competenze|
    lingue|pubblicazioni|progetti|certificazioni|interessi|opleiding|opleidingen|vaardigheden|talen|publicaties|
    projecten|certificaten|学歴|資格|免許 資格|資格 免許|スキル|語学|言語|趣味|特技|
    趣味 特技|自己pr|志望動機|受賞歴|論文|連絡先|職務要約
"""
_LABELS: Mapping[HistoryKind, str] = {
    HistoryKind.ROLE: "role|position|title|job title|job|funktion|tatigkeit|rolle|poste|fonction|puesto|cargo|ruolo|"
    "posizione|functie|funcao|役職|職種|職位|ポジション",
    HistoryKind.ORGANISATION: "company|organisation|organization|employer|firma|unternehmen|arbeitgeber|betrieb|"
    "entreprise|societe|employeur|empresa|organizacion|azienda|datore di lavoro|bedrijf|werkgever|"
    "会社名|会社|勤務先|所属",
    HistoryKind.PERIOD: "period|dates|date|duration|when|years|zeitraum|dauer|von bis|jahre|periode|dates d emploi|"
    "periodo|fechas|anos|periodo di lavoro|dates employed|期間|在籍期間|年月",
    HistoryKind.LOCATION: "location|place|city|town|where|ort|standort|einsatzort|lieu|ville|ubicacion|lugar|ciudad|"
    "localizacao|sede|luogo|plaats|locatie|勤務地|所在地",
    HistoryKind.EMPLOYMENT: "employment type|type|contract|anstellungsart|beschaftigungsart|type d emploi|"
    "tipo de empleo|雇用形態",
    HistoryKind.SKILLS: "skills|technologies|technology|tech stack|stack|tools|tech|keywords|kenntnisse|fahigkeiten|"
    "technologien|werkzeuge|competences|outils|aptitudes|conocimientos|tecnologias|herramientas|habilidades|"
    "competenze|tecnologie|strumenti|vaardigheden|technologieen|competencias|ferramentas|スキル|使用技術|技術",
}
_COUNTED = (
    r"\d{1,2}\s*(?:years?|yrs?|months?|mos?|jahre?n?|monate?n?|j|mon|ans?|mois|anos?|mes(?:es)?|anni|anno|mesi|mese|"
    r"jaar|jr|maand(?:en)?|mnd)\.?"
)
_DURATION = re.compile(
    rf"(?:bis heute\s+|total duration:?\s+)?\(?{_COUNTED}(?:\s*(?:,|and|und|et|y|e|en)?\s*{_COUNTED})?\)?|"
    r"less than a year|weniger als ein jahr|moins d un an|menos de un ano"
)
_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    """The folded words of ``text``: "Full-time" is two."""
    return _WORD.findall(fold(text))


def phrase_of(text: str) -> str:
    return " ".join(words_of(text))


def _phrases(lines: str) -> frozenset[str]:
    return frozenset(fold(phrase.strip()) for phrase in " ".join(lines.split()).split("|"))


EMPLOYMENT = _phrases(_EMPLOYMENT)
WORKPLACE = _phrases(_WORKPLACE)
EXPERIENCE_SECTIONS = _phrases(_EXPERIENCE)
OTHER_SECTIONS = _phrases(_OTHER_SECTIONS)
# The columns of a beginning and of an end.
DATE_COLUMNS = _phrases(
    "from|to|start|end|start date|end date|started|ended|until|since|von|bis|beginn|ende|de|a|debut|fin|desde|hasta|"
    "inicio|dal|al|inizio|fine|van|tot|開始|終了"
)
KIND_OF_LABEL = {label: kind for kind, labels in _LABELS.items() for label in _phrases(labels)}


FREELANCE = _phrases(
    "freelance|freelancer|self employed|selbststandig|selbstandig|freiberuflich|independant|independante|autonomo|"
    "autonoma|zzp"
)


def is_employment(text: str) -> bool:
    """Whether all of ``text`` says how somebody is employed: "Full-time", "Teilzeit (80 %)"."""
    return len(text) <= 60 and phrase_of(text.partition("(")[0]) in EMPLOYMENT


def is_workplace(text: str) -> bool:
    return len(text) <= 30 and phrase_of(text.strip("()")) in WORKPLACE


def is_duration(text: str) -> bool:
    """Whether all of ``text`` is a length of time, as profiles count it: "4 yrs 2 mos"."""
    return len(text) <= 60 and _DURATION.fullmatch(fold(text).replace("'", " ").replace("’", " ").strip()) is not None


def name_score(text: str) -> int:
    """How much ``text`` is named like a role (above 0) or like an organisation (below 0)."""
    words = words_of(text)
    is_role = any(word.startswith(ROLE_STEMS) or word.endswith(ROLE_ENDINGS) or word in ROLE_WORDS for word in words)
    is_role = is_role or any(word.endswith(JAPANESE_ROLES) for word in words)
    is_organisation = any(
        word in ORGANISATION_WORDS or any(map(word.__contains__, JAPANESE_ORGANISATIONS)) for word in words
    )
    return 2 * is_role - is_organisation
