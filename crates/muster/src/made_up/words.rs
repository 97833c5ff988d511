//! What made-up people have besides a name: departments, segments, jobs, and the free texts and codes that
//! spreadsheets are known to damage.

/// The departments, each the label of a choice.
pub const DEPARTMENTS: [&str; 16] = [
    "Finance",
    "Sales",
    "Human Resources",
    "Engineering",
    "Customer Support",
    "Operations",
    "Marketing",
    "Legal & Compliance",
    "Research and Development",
    "Facilities",
    "Information Technology",
    "Procurement",
    "Quality",
    "Logistics",
    "Training",
    "Communications",
];

/// The segments, each the label of a choice of which a person may have several; none holds a `;`.
pub const SEGMENTS: [&str; 12] = [
    "Head office",
    "Field staff",
    "Night shift",
    "New joiners",
    "First aiders",
    "Works council",
    "Remote",
    "Apprentices",
    "People leaders",
    "Data protection",
    "Forklift licence",
    "Long leave",
];

/// What stands before a job; mostly nothing.
pub(super) const RANKS: [&str; 8] = ["", "", "", "Senior ", "Junior ", "Lead ", "Deputy ", "Assistant "];

/// Jobs, some in the words of other languages.
pub(super) const JOBS: [&str; 40] = [
    "Accountant",
    "Account Executive",
    "Analyst",
    "Architect",
    "Auditor",
    "Buyer",
    "Caretaker",
    "Controller",
    "Customer Adviser",
    "Data Engineer",
    "Designer",
    "Dispatcher",
    "Driver (class C/E)",
    "Electrician",
    "Engineer, Test & Release",
    "Event Planner",
    "Field Technician",
    "Instructor",
    "Lawyer",
    "Machine Operator",
    "Nurse",
    "Office Administrator",
    "Payroll Specialist",
    "Product Owner",
    "Quality Inspector",
    "Receptionist",
    "Recruiter",
    "Sales Representative",
    "Scientist",
    "Software Developer",
    "Storekeeper",
    "Systems Administrator",
    "Translator",
    "Welder",
    "Chargé d'études",
    "Sachbearbeiter:in Einkauf",
    "Técnico de nóminas",
    "Инженер-конструктор",
    "エンジニア",
    "采购专员",
];

/// The parts of a job title that is far too long, as some are.
pub(super) const LONG_JOB: &str = "Representative of the Working Group for the Harmonisation of Occupational Health, Safety, Fire \
                                   Protection and Environmental Reporting, Region North-West (interim)";

/// Notes as people write them.
pub(super) const NOTES: [&str; 12] = [
    "Works from home on Fridays",
    "Parental leave until spring",
    "Prefers letters, not calls",
    "Mentor of the newcomers in her team",
    "Has a key to the archive",
    "Part time: Monday, Tuesday, Thursday",
    "Came over from the Lyon office",
    "Allergic to nuts (canteen knows)",
    "Second language: Français, ¿español?",
    "Name is said \"Shiv-awn\"",
    "First line of a note\nand a second line, after a line break",
    "Parle aussi l’allemand – à l’écrit surtout… 👍",
];

/// Notes that a spreadsheet would run, or take for something else than a text.
pub(super) const AWKWARD_NOTES: [&str; 20] = [
    "=SUM(A1:A9)",
    "=see the file in the archive",
    "+1 for the late shift",
    "+44 is the prefix to dial",
    "-- moved from the branch in Leeds",
    "-5 days of leave carried over",
    "@reception until March",
    "@SUM(1+1)",
    "'quoted' by somebody",
    "''",
    "0044",
    "1-2",
    "3/4",
    "12:30",
    "1E5",
    "TRUE",
    "#N/A",
    "12345678901234567890",
    "<b>not bold</b> & \"not\" markup",
    "_x000D_ is six characters and one more",
];

/// Cost centres that a spreadsheet takes for a date or a number.
pub(super) const AWKWARD_COST_CENTRES: [&str; 10] =
    ["MAR1", "SEPT2", "DEC1", "1-2", "3/4", "10E5", "00E12", "1.10", "0.50", "+12"];

/// Contracted hours in a week, as canonical decimals; the likeliest more than once.
pub(super) const WEEKLY_HOURS: [&str; 10] =
    ["40", "40", "40", "37.5", "37.5", "38.5", "35", "30", "20", "12.25"];
