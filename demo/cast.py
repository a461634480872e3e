"""Who plays in the demo: customers with their phones, the numbers they write to, props."""

from pathlib import Path

IMAGES = Path(__file__).parent / "images"
SALES, SUPPORT = "106540352242922", "106540352242923"
# Somebody also answers from the phone app on these numbers.
WITH_PHONE_APP = {SUPPORT}

MONA = "201005550101"
FATIMA = "966505550102"
JURGEN = "4915155501103"
LUCIA = "34612555104"
NOURA = "966555550105"
AHMED = "201105550106"
EMMA = "447400123456"
DELTA = "201205550108"
KARIM = "201505550109"
REEM = "966560555111"
HAMZA = "962790555112"
NADIA = "201005550113"
TAREK = "201105550114"

CUSTOMERS = {
    MONA: {"name": "Mona Hassan", "country": "EG", "language": "en"},
    FATIMA: {"name": "فاطمة", "country": "SA", "language": "ar"},
    JURGEN: {"name": "Jürgen", "country": "DE", "language": "de"},
    LUCIA: {"name": "Lucía 🌿", "country": "ES", "language": "es"},
    NOURA: {"name": "نورة", "country": "SA", "language": "ar"},
    AHMED: {"name": "Ahmed Said", "country": "EG", "language": "en"},
    EMMA: {"name": "Emma C.", "country": "GB", "language": "en"},
    DELTA: {"name": "Heba @ Delta", "country": "EG", "language": "en"},
    KARIM: {
        "name": "Karim",
        "country": "EG",
        "language": "en",
        "username": "karim.designs",
        "phone_hidden": True,
    },
    REEM: {"name": "ريم", "country": "SA", "language": "ar", "phone_hidden": True},
    HAMZA: {"name": "Hamza", "country": "JO", "language": "en"},
    NADIA: {"name": "Nadia Farouk", "country": "EG", "language": "en"},
    TAREK: {"name": "Tarek", "country": "EG", "language": "en"},
}
