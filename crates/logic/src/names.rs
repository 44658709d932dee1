//! First names for the people of generated puzzles.

#[rustfmt::skip]
pub(crate) const NAMES: [&str; 48] = [
    "Ada", "Alan", "Alma", "Anton", "Bela", "Boris", "Carla", "Cyrus", "Dana", "Dirk", "Edith", "Emil", "Esme", "Felix", "Freya", "Gaston", "Greta", "Hugo", "Ida", "Igor", "Ines",
    "Ivan", "Jonas", "Judith", "Kira", "Konrad", "Lena", "Leon", "Lotte", "Magnus", "Mira", "Nadia", "Niels", "Olga", "Oskar", "Paula", "Pedro", "Quinn", "Rita", "Ruben", "Sana",
    "Simon", "Tamar", "Theo", "Ursula", "Viktor", "Wanda", "Yusuf",
];
