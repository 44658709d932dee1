//! Who may feel what about which thing.

/// Given names.
#[rustfmt::skip]
pub(super) const NAMES: [&str; 144] = [
    "Ada", "Agnes", "Alan", "Alma", "Amos", "Anita", "Anton", "Arda", "Arthur", "Astrid", "Aziz", "Basil",
    "Beatrix", "Bela", "Boris", "Bruno", "Camila", "Carmen", "Cecil", "Chen", "Clara", "Cosmo", "Cyrus", "Dagny",
    "Dario", "Delia", "Diego", "Dmitri", "Dora", "Edgar", "Edith", "Elena", "Elias", "Elsa", "Emre", "Enid",
    "Erik", "Esther", "Etta", "Ezra", "Fabian", "Farah", "Felix", "Fiona", "Flora", "Frida", "Galina", "Gemma",
    "Gideon", "Giulia", "Gloria", "Greta", "Gustav", "Hana", "Harriet", "Hector", "Helga", "Hiro", "Hugo", "Ida",
    "Ignatius", "Imani", "Ines", "Ingrid", "Irene", "Isaac", "Ivan", "Jasper", "Joanna", "Jonas", "Judith", "Julius",
    "Kaito", "Karim", "Katya", "Keiko", "Kofi", "Lars", "Leila", "Lena", "Leopold", "Linus", "Lorenzo", "Lucia",
    "Magnus", "Malik", "Marek", "Margot", "Matilda", "Mei", "Milan", "Mina", "Mirjam", "Moses", "Nadia", "Naomi",
    "Nils", "Noor", "Olga", "Omar", "Orla", "Oscar", "Otto", "Paloma", "Pavel", "Petra", "Philippa", "Pia",
    "Quentin", "Rafael", "Ravi", "Regina", "Roland", "Rosa", "Rufus", "Sabine", "Samir", "Saskia", "Selma", "Silas",
    "Simone", "Sofia", "Stefan", "Sven", "Tamara", "Tariq", "Thea", "Tobias", "Tove", "Ulla", "Umberto", "Ursula",
    "Valentin", "Vera", "Viktor", "Viola", "Walter", "Wanda", "Wilma", "Xenia", "Yara", "Yusuf", "Zelda", "Zora",
];

/// What one can do to any of the things.
#[rustfmt::skip]
pub(super) const VERBS: [&str; 36] = [
    "admires", "adores", "avoids", "cannot stand", "complains about", "cherishes", "craves", "defends", "despises", "distrusts", "dreams of", "enjoys",
    "fears", "forgets about", "hates", "ignores", "is bored by", "is curious about", "is fond of", "is tired of", "jokes about", "likes", "looks forward to", "longs for",
    "loves", "misses", "praises", "prefers", "puts up with", "recommends", "resents", "respects", "talks about", "tolerates", "worries about", "writes about",
];

/// Things to feel something about.
#[rustfmt::skip]
pub(super) const THINGS: [&str; 120] = [
    "accordions", "airports", "alarm clocks", "anchovies", "antique maps", "apple pie", "aquariums", "archery", "astronomy", "autumn leaves",
    "baking bread", "ballet", "barking dogs", "basketball", "beekeeping", "birdsong", "black coffee", "board games", "bonsai trees", "bowling",
    "brass bands", "butterflies", "cactus plants", "calligraphy", "campfires", "canoeing", "card tricks", "caves", "chess", "chopping wood",
    "church bells", "circus acrobats", "city buses", "clay pots", "cleaning windows", "cold showers", "comic books", "cooking soup", "crossword puzzles", "cycling",
    "dark chocolate", "deep snow", "desert sand", "detective stories", "diving", "dragonflies", "driving at night", "early mornings", "earthworms", "electric guitars",
    "escalators", "fairy tales", "feeding ducks", "fencing", "ferries", "fireworks", "fishing", "flea markets", "folding laundry", "folk songs",
    "foggy days", "foxes", "garden gnomes", "garlic", "geometry", "ghost stories", "goats", "grammar", "green tea", "hail",
    "hammocks", "hand puppets", "hats", "hedgehogs", "hiking", "horse racing", "hot weather", "ice skating", "ironing shirts", "jazz",
    "jigsaw puzzles", "juggling", "kites", "knitting", "lemonade", "libraries", "lighthouses", "loud music", "marathons", "mending socks",
    "modern art", "mosquitoes", "mountain passes", "mushrooms", "night trains", "olives", "opera", "origami", "owls", "painting fences",
    "parades", "picnics", "planting trees", "poetry", "pottery", "raking leaves", "riddles", "sailing", "sea shells", "silent films",
    "spiders", "steam engines", "sudoku", "sunflowers", "tax forms", "thunderstorms", "typewriters", "volcanoes", "washing dishes", "windmills",
];
