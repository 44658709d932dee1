//! What the store does when nothing is interrupted, and what it says of damage.

use super::*;

fn keep(last: usize) -> Keep {
    Keep { last, best: None }
}

#[track_caller]
fn write(store: &Store, step: u64, value: f64) -> Written {
    let metrics = BTreeMap::from([("reward".to_owned(), value)]);
    let written = store.write(step, &metrics, |writer| {
        writer.blob("weights.safetensors", &step.to_le_bytes())?;
        writer.blob("state.json", b"{}")
    });
    written.unwrap()
}

#[test]
fn the_newest_checkpoint_is_read_back() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path(), keep(5)).unwrap();
    assert!(store.latest().unwrap().checkpoint.is_none());
    write(&store, 9, f64::NAN);
    write(&store, 10, 0.5);
    let checkpoint = store.latest().unwrap().checkpoint.unwrap();
    assert_eq!((checkpoint.step(), checkpoint.read("weights.safetensors").unwrap()), (10, 10_u64.to_le_bytes().to_vec()));
    assert!(matches!(checkpoint.read("moments"), Err(StoreError::NoBlob { step: 10, .. })));
    assert!(store.at_step(9).unwrap().metrics().is_empty(), "NaN is no metric");
    assert!(matches!(store.write(10, &BTreeMap::new(), |_| Ok(())), Err(StoreError::Exists { step: 10 })));
    store.remove_after(9).unwrap();
    assert_eq!(store.steps().unwrap(), [9]);
}

#[test]
fn the_last_and_the_best_stay() {
    let dir = tempfile::tempdir().unwrap();
    let best = Best { metric: "reward".to_owned(), goal: Goal::Highest, count: 1 };
    let store = Store::open(dir.path(), Keep { last: 2, best: Some(best) }).unwrap();
    let removed: Vec<_> = [0.1, 0.9, 0.9, 0.2, 0.3, 1.0].iter().zip(1..).map(|(&value, step)| write(&store, step, value).removed).collect();
    assert_eq!(removed, [vec![], vec![], vec![1], vec![], vec![3], vec![2, 4]]);
    assert_eq!(store.steps().unwrap(), [5, 6]);
}

#[test]
fn any_changed_byte_and_any_missing_one_is_noticed_and_the_one_before_is_used() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path(), keep(5)).unwrap();
    write(&store, 1, 0.0);
    let path = write(&store, 2, 0.0).path;
    for name in [MANIFEST, "weights.safetensors", "state.json"] {
        let file = path.join(name);
        let whole = fs::read(&file).unwrap();
        for at in 0..whole.len() {
            let mut changed = whole.clone();
            changed[at] ^= 1;
            for content in [&changed[..], &whole[..at]] {
                fs::write(&file, content).unwrap();
                let latest = store.latest().unwrap();
                assert_eq!(latest.checkpoint.unwrap().step(), 1, "{name}, byte {at}");
                assert_eq!(latest.damaged.first().map(|(path, _)| path), Some(&path));
            }
        }
        fs::remove_file(&file).unwrap();
        assert!(matches!(store.latest().unwrap().damaged[0].1, Flaw::Unreadable { .. }));
        fs::write(&file, whole).unwrap();
    }
    assert_eq!(store.latest().unwrap().checkpoint.unwrap().step(), 2);
    fs::write(path.join("state.json"), "[]").unwrap();
    write(&store, 2, 0.0);
    assert_eq!(store.latest().unwrap().checkpoint.unwrap().read("state.json").unwrap(), b"{}", "a damaged one is replaced");
}

#[test]
fn one_process_at_a_time() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path(), keep(1)).unwrap();
    let error = Store::open(dir.path(), keep(1)).unwrap_err();
    assert!(error.to_string().contains(&format!("process {}", std::process::id())), "{error}");
    drop(store);
    Store::open(dir.path(), keep(1)).unwrap();
}

#[test]
fn names_of_blobs_are_plain_and_unique() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path(), keep(1)).unwrap();
    for name in ["", ".", "..", "a/b", ".lock", "manifest.json", "ok", "a\0", &"x".repeat(201)] {
        let result = store.write(1, &BTreeMap::new(), |writer| writer.blob("ok", b"").and_then(|()| writer.blob(name, b"")));
        assert!(matches!(result, Err(StoreError::InvalidName { .. })), "{name:?}");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1, "only the lock is left");
    }
}
