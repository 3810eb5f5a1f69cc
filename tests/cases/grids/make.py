"""Makes the grids of this folder, as teams have them: `python tests/cases/grids/make.py` (openpyxl; fixed contents).

Each has a layout of its own; none is anybody's. The drafts that `servaudit import --as standard` makes of them stand
beside them, as `….yaml`: `python -m tests.drafts` writes them again, and a person reads what changed.
"""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

HERE = Path(__file__).parent
GREY = PatternFill("solid", fgColor="DDDDDD")
BOLD = Font(bold=True)


def agence(book: Workbook) -> None:
    """French: a title block, sections in merged cells, weights with decimal commas, Oui/Non/NA to cross, totals."""
    sheet = book.active
    sheet.title = "Grille"
    sheet["A1"] = "Grille d’audit – Accueil en agence"
    sheet.merge_cells("A1:H1")
    sheet["A2"], sheet["D2"] = "Agence :", "Date de visite :"
    sheet["A3"] = "Auditeur : ______________"
    sheet.append([])
    sheet.append(["N°", "Rubrique", "Point de contrôle", "Pondération", "Oui", "Non", "N/A", "Commentaires"])
    rows = [
        ("1", "Extérieur", "La façade et l’enseigne sont propres et éclairées.", "1"),
        ("2", None, "Les horaires d’ouverture sont affichés et à jour.", "0,5"),
        ("3", None, "L’accès est possible pour une personne à mobilité réduite.", "2"),
        ("4", "Accueil et prise en charge", "Le client est salué dans les 30 secondes qui suivent son entrée.", "2"),
        ("5", None, "Le conseiller sourit et regarde le client.", "1,5"),
        ("6", None, "L’attente est expliquée lorsqu’elle dépasse 5 minutes.", "1"),
        ("7", None, "La confidentialité est respectée au guichet (éliminatoire).", "3"),
        ("8", "Prise de congé", "Le conseiller demande si le client a d’autres besoins.", "1"),
        ("9", None, "Le client est remercié et raccompagné.", "1"),
    ]
    for row in rows:
        sheet.append(row)
    sheet.merge_cells("B6:B8")
    sheet.merge_cells("B9:B12")
    sheet.merge_cells("B13:B14")
    sheet.append([None, None, "Total", "=SUM(D6:D14)"])
    sheet.append([])
    sheet.append([None, None, "Signature de l’auditeur :"])


def boutique(book: Workbook) -> None:
    """English: sections as rows of their own, marks from 1 to 5, a filled-in visit, notes, a total."""
    sheet = book.active
    sheet.title = "Mystery visit"
    sheet["A1"] = "Store Mystery Shopping Checklist"
    sheet["A2"], sheet["B2"] = "Store:", "Leeds 04"
    sheet.append([])
    sheet.append(["#", "Item", "Score (1-5)", "Weight", "Notes"])
    blocks = {
        "A. Outside the store": [
            ("The window display is clean and complete", 4, 1),
            ("The entrance is free of obstacles", 5, 2),
        ],
        "B. Welcome": [
            ("A member of staff greets the customer within one minute", 3, 2),
            ("Staff wear the uniform and a name badge", 5, 1),
            ("Staff offer help before the customer asks", 2, 3),
        ],
        "C. Till": [("Queue time is under three minutes", 4, 2), ("The cashier thanks the customer", 5, 1)],
    }
    number = 0
    for title, items in blocks.items():
        sheet.append([title])
        sheet.cell(sheet.max_row, 1).font = BOLD
        for text, score, weight in items:
            number += 1
            sheet.append([number, text, score, weight, None])
    sheet.append([None, "TOTAL", f"=SUMPRODUCT(C5:C{sheet.max_row},D5:D{sheet.max_row})"])


def restaurant(book: Workbook) -> None:
    """French: lists of answers in the validations of cells (on a hidden sheet), severities, guidance, no weights."""
    sheet = book.active
    sheet.title = "Audit salle"
    sheet.append(
        ["Chapitre", "Exigence", "Comment vérifier", "Criticité", "Constat", "Action corrective", "Responsable"]
    )
    rows = [
        (
            "Hygiène",
            "Le plan de nettoyage est affiché et signé du jour.",
            "Lire la feuille derrière le bar.",
            "Majeure",
        ),
        (
            "Hygiène",
            "La température des vitrines est inférieure à 4 °C.",
            "Relever l’afficheur,\npuis contrôler au thermomètre.",
            "Critique",
        ),
        ("Hygiène", "Les plats témoins sont conservés cinq jours.", None, "Bloquante"),
        ("Salle", "Les tables sont propres et dressées.", "Regarder trois tables au hasard.", "Mineure"),
        ("Salle", "La carte indique les allergènes.", None, "Majeure"),
        ("Salle", "Le client est placé dans les deux minutes.", "Chronométrer depuis la porte.", "mineure"),
        ("Addition", "L’addition est apportée en moins de cinq minutes.", None, "À définir"),
    ]
    for row in rows:
        sheet.append(row)
    lists = book.create_sheet("Listes")
    for text in ("Conforme", "Partiellement conforme", "Non conforme", "Non observé", "Sans objet"):
        lists.append([text])
    lists.sheet_state = "hidden"
    rule = DataValidation(type="list", formula1="Listes!$A$1:$A$5")
    rule.add("E2:E8")
    sheet.add_data_validation(rule)


def centre_appels(book: Workbook) -> None:
    """French: two headings rows, words to tick, sections weighed beside their titles, comments below."""
    sheet = book.active
    sheet.title = "Écoute"
    sheet["A1"] = "GRILLE D’ÉCOUTE – SERVICE CLIENT"
    sheet["A2"] = "Version 3 – mars"
    sheet["A4"], sheet["B4"], sheet["C4"] = "Critère", "Coef.", "Évaluation"
    sheet.merge_cells("C4:F4")
    sheet.merge_cells("A4:A5")
    sheet.merge_cells("B4:B5")
    for column, text in zip("CDEF", ("Insuffisant", "Moyen", "Bien", "Très bien"), strict=True):
        sheet[f"{column}5"] = text
    blocks = [
        ("ACCROCHE", 20, [("Se présente (société, prénom)", 1), ("Le ton est souriant", 2)]),
        ("DÉCOUVERTE", 30, [("Questionne et reformule", 3), ("Laisse parler le client sans le couper", 2)]),
        (
            "SOLUTION",
            40,
            [("Propose une solution adaptée", 3), ("Explique les délais", 2), ("Vérifie l’accord du client", 1)],
        ),
        ("CONCLUSION", 10, [("Récapitule et prend congé", 1)]),
    ]
    for title, weight, items in blocks:
        sheet.append([title, weight])
        sheet.merge_cells(start_row=sheet.max_row, start_column=1, end_row=sheet.max_row, end_column=1)
        for column in range(1, 7):
            sheet.cell(sheet.max_row, column).fill = GREY
        for text, weight_ in items:
            sheet.append([text, weight_])
    sheet.append([])
    sheet.append(["Commentaires généraux :"])
    sheet.append(["Axes d’amélioration :"])


def hotel(book: Workbook) -> None:
    """English: several sheets, points for each question, response options in a column, a summary sheet."""
    summary = book.active
    summary.title = "Summary"
    summary.append(["Area", "Score"])
    summary.append(["Front desk", "=Front!E8"])
    for name, rows in {
        "Front desk": [
            ("Check-in", "The guest is acknowledged on arrival", "Yes / No", 5, "Critical"),
            ("Check-in", "Registration is completed in under five minutes", "Yes / No / N/A", 5, None),
            ("Check-in", "The guest’s name is used at least once", "Yes / No", 3, None),
            ("Check-out", "The bill is correct and explained", "Always; Sometimes; Never", 10, "Major"),
            ("Check-out", "Feedback on the stay is invited", "Yes / No", 2, "Minor"),
        ],
        "Rooms": [
            ("Bedroom", "Overall cleanliness of the room", "0-10", 10, "Major"),
            ("Bedroom", "Bed linen is spotless", "Yes / No", 5, "Critical"),
            ("Bathroom", "Describe anything missing in the bathroom", "Free text", None, None),
        ],
    }.items():
        sheet = book.create_sheet(name)
        sheet.append(["Area", "Standard", "Response options", "Max points", "Severity", "Points scored"])
        for row in rows:
            sheet.append(row)
        sheet.append([None, "Subtotal", None, f"=SUM(D2:D{sheet.max_row})"])


def deja_rempli(book: Workbook) -> None:
    """French: no section, a heading misspelt, answers already filled in, a hidden row, an error, wrong weights."""
    sheet = book.active
    sheet.title = "Feuil1"
    sheet.append(["Critère", "Poid", "Coefficient", "Réponse", "Remarque"])
    rows = [
        ("Le magasin est ouvert à l’heure", None, 1, "Oui", None),
        ("La vitrine est éclairée", None, "=1/0", "Non", "ampoule grillée"),
        ("Le stock est rangé", None, "beaucoup", "oui", None),
        ("La caisse est prête", None, "1,25", "NA", None),
        ("La caisse est prête", None, -1, "Oui", None),
        ("Ancien critère abandonné", None, 1, None, None),
    ]
    for row in rows:
        sheet.append(row)
    sheet.row_dimensions[7].hidden = True


def nettoyage() -> bytes:
    """French, as Excel writes it: text separated by semicolons, in Windows' encoding, numbers in two levels."""
    return (
        "Contrôle de propreté;;;;\r\n"
        ";;;;\r\n"
        "N°;Élément à vérifier;Note /10;Coef;Observations\r\n"
        "1;Hall d’entrée;;;\r\n"
        "1.1;Sol lavé et sec;;2;\r\n"
        "1.2;Vitres sans traces;;1,5;\r\n"
        "2;Sanitaires;;;\r\n"
        "2.1;Savon et papier disponibles;;3;\r\n"
        "2.2;Odeur agréable ;;1;\r\n"
        ";Moyenne générale;;;\r\n"
    ).encode("cp1252")


BOOKS = {
    "agence": agence,
    "boutique": boutique,
    "restaurant": restaurant,
    "centre-appels": centre_appels,
    "hotel": hotel,
    "deja-rempli": deja_rempli,
}

if __name__ == "__main__":
    for name, make in BOOKS.items():
        book = Workbook()
        make(book)
        book.save(HERE / f"{name}.xlsx")
    (HERE / "nettoyage.csv").write_bytes(nettoyage())
