//! Whether a text starts with a verb, as far as a list of verbs and the word after the first tell.
//!
//! NLTK's `pos_tag`, which IFBench asks, is a trained model of 6 MB. Its weights are not here: this is a rule for the first token of a text alone. It
//! follows what the model does most often: a word that can also be a noun is a verb before an article, a pronoun or a preposition.

/// Forms that are verbs wherever they begin a text.
const ALWAYS: &[&str] = &["am", "are", "be", "did", "do", "does", "had", "has", "have", "is", "let", "was", "were"];

/// Words in `ing` that are no verbs.
const NO_PARTICIPLES: &[&str] = &[
    "anything",
    "building",
    "ceiling",
    "during",
    "evening",
    "everything",
    "king",
    "morning",
    "nothing",
    "ring",
    "sibling",
    "something",
    "spring",
    "sterling",
    "string",
    "thing",
    "viking",
    "wedding",
    "wing",
];

/// Words in `ed` that are no verbs.
const NO_PAST: &[&str] =
    &["bed", "breed", "creed", "hundred", "indeed", "naked", "red", "sacred", "seed", "speed", "united", "weed", "wicked"];

/// Verbs that begin instructions.
const BASE: &str = "accept achieve act add address adjust adopt advise aim allow analyze answer apply appreciate approach argue arrange ask assemble \
    assess assign assume attach attend avoid bake balance be become begin believe bind boil bring browse build buy calculate call capture care carry \
    cast catch celebrate change characterize charge check choose circle cite claim classify clean clear click climb close collect combine come comment compare \
    complete compose compute conclude conduct confirm connect consider construct contact continue contrast convert convince cook cool copy count cover \
    craft create cross cut dance deal debug decide declare deduce define delete deliver demonstrate depict derive describe design detail detect determine \
    develop devise diagnose differentiate dig discover discuss display distinguish divide draft draw dream drink drive drop eat edit elaborate eliminate embark \
    embrace emphasize employ enable encourage engage enhance enjoy ensure enter enumerate establish estimate evaluate examine exercise expand expect experience \
    explain explore express extend extract face facilitate fall feed feel fetch fight figure fill find finish fix flip fold follow force forget form \
    formulate foster gather generate get give go grab grow guess guide handle hang happen hear help hide highlight hire hold hope identify ignore illustrate \
    imagine implement import improve include incorporate increase indicate infer inform initialize insert inspect install integrate interpret introduce \
    invent invest invite involve join jump justify keep kick kill know laugh launch lay lead learn leave lend lie lift limit list listen live load locate \
    look lose love maintain make manage map mark match maximize mean measure meet melt mention minimize mix modify monitor mount move multiply name navigate need \
    note notice observe obtain offer open optimize order organize outline overcome pack paint pass pay perform persuade pick place plan plant play point pour \
    practice praise predict prefer prepare present preserve press prevent print prioritize proceed process produce promote pronounce propose protect prove provide \
    publish pull purchase push put raise reach read realize recall receive recite recommend record reduce refer reflect refrain refuse regard relate relax \
    release remain remember remind remove rename repeat rephrase replace reply report represent request require research resolve respond rest return reveal \
    review revise rewrite ride rise roast rotate run save say schedule search season see seek select sell send separate serve set shake shape share shift shine \
    show simplify simulate sing sit sketch sleep slice smile solve sort speak specify spend split spread stand start state stay steer step stick stop store stress \
    strike strive structure study submit subscribe substitute suggest sum summarize support suppose swim switch take talk taste teach tell test thank think throw \
    touch track trade train transform translate transport travel treat try turn type understand unlock update upgrade use utilize validate verify view visit \
    visualize wait wake walk want warm wash watch wear weave welcome whisk win wish wonder work worry write";

/// Words before which such a word is a verb.
const OBJECTS: &str = "a about again all an and another any as at away back both by carefully down each either every few for forth forward from he her him his how if in into \
    it its just less many me more much my no not of off on one only onto or our out over several she so some such sure that the their them these \
    they this those three through to together two under up us via we what when where whether which while who whose why with within without you your \
    yourself";

fn has(words: &str, word: &str) -> bool {
    words.split(' ').any(|known| known == word)
}

/// Whether the first of the tokens is a verb.
pub(crate) fn starts_with_verb<'t>(mut tokens: impl Iterator<Item = &'t str>) -> bool {
    let first = tokens.next().unwrap_or("").to_lowercase();
    let next = tokens.next().unwrap_or("");
    let before_name = next.starts_with(char::is_uppercase);
    let ends = |ending: &str, least: usize| first.ends_with(ending) && first.len() >= least && first.is_ascii();
    ALWAYS.contains(&first.as_str())
        || (ends("ing", 5) && !NO_PARTICIPLES.contains(&first.as_str()))
        || (ends("ed", 4) && !NO_PAST.contains(&first.as_str()) && !before_name)
        || (has(BASE, &first) && has(OBJECTS, &next.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_word_tells_verbs_from_nouns() {
        let cases = [
            ("Create a list", true),
            ("Running is fun", true),
            ("Based on this", true),
            ("Is it", true),
            ("Name : x", false),
            ("Nothing here", false),
            ("United States", false),
            ("The end", false),
            ("", false),
        ];
        for (text, expect) in cases {
            assert_eq!(starts_with_verb(text.split(' ')), expect, "{text}");
        }
    }
}
