from . import test_leads, test_translations
