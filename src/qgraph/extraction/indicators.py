def find_concept(label, unit):
    return ""
