//! Makes the tables of `src/text/tables/` from the data that others publish: `cargo run -p gavel-ifeval --example text_tables -- <kind> <source> <target>`.
//!
//! `classes`: source is a folder with `python_char_classes.txt.gz` and `regex_classes.txt`. `punkt`: source is NLTK's folder `punkt_tab/english`. `syllables`: source is syllapy's
//! `data.csv`. `emoji`: source is a text with one emoji a line. `tagger`: source is the folder `averaged_perceptron_tagger_eng`.

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::ZlibEncoder;
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::io::{Read, Write as _};
use std::path::Path;
use std::{env, fs};

type Made = Result<Vec<u8>, Box<dyn Error>>;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [kind, source, target] = arguments.as_slice() else { return Err("arguments: kind, source, target".into()) };
    let source = Path::new(source);
    let table = match kind.as_str() {
        "classes" => classes(source)?,
        "punkt" => punkt(source)?,
        "syllables" => deflated(&sorted_lines(source)?)?,
        "emoji" => deflated(&sorted_lines(source)?)?,
        _ => return Err("the kinds are classes, punkt, syllables and emoji".into()),
    };
    fs::write(target, table)?;
    Ok(())
}

/// One byte per 256 code points, the number of their page; then the pages, one byte of class bits per code point.
fn classes(folder: &Path) -> Made {
    let mut text = String::new();
    GzDecoder::new(fs::File::open(folder.join("python_char_classes.txt.gz"))?).read_to_string(&mut text)?;
    let mut bits = vec![0_u8; 0x11_0000];
    // Python's `isspace` (64) equals its `\s`, and an upper case of several characters (256) serves nobody here.
    for (point, set) in pairs(&text) {
        bits[point] = set as u8 & 0x3f;
    }
    for (point, set) in pairs(&fs::read_to_string(folder.join("regex_classes.txt"))?) {
        bits[point] |= (set as u8) << 6;
    }
    let mut pages: BTreeMap<&[u8], u8> = BTreeMap::new();
    let (mut index, mut body) = (Vec::new(), Vec::new());
    for page in bits.chunks(256) {
        let next = u8::try_from(pages.len())?;
        let number = *pages.entry(page).or_insert_with(|| {
            body.extend_from_slice(page);
            next
        });
        index.push(number);
    }
    index.extend(body);
    Ok(index)
}

/// The first two numbers of each line.
fn pairs(text: &str) -> impl Iterator<Item = (usize, usize)> {
    text.lines().filter_map(|line| {
        let mut numbers = line.split(' ').map_while(|field| field.parse().ok());
        numbers.next().zip(numbers.next())
    })
}

/// The four files as four blocks of sorted lines, a blank line between them; deflated.
fn punkt(folder: &Path) -> Made {
    let mut blocks = Vec::new();
    for file in ["abbrev_types.txt", "collocations.tab", "sent_starters.txt", "ortho_context.tab"] {
        blocks.push(sorted_lines(&folder.join(file))?);
    }
    deflated(&blocks.join("\n"))
}

fn sorted_lines(file: &Path) -> Result<String, Box<dyn Error>> {
    let text = fs::read_to_string(file)?;
    let mut lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    lines.sort_unstable();
    lines.dedup();
    let mut out = String::new();
    for line in lines {
        writeln!(out, "{line}")?;
    }
    Ok(out)
}

fn deflated(text: &str) -> Made {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(text.as_bytes())?;
    Ok(encoder.finish()?)
}
