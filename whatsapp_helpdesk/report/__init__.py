from . import wa_pricing_report
