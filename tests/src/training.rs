//! A run of reinforcement learning against a real server, which is killed and started again meanwhile.

use crate::support::{Server, gavel};
use gavel_client::{Client, Retry};
use gavel_trainer::record::{Kind, Record};
use gavel_trainer::sink::JsonLines;
use gavel_trainer::{Ending, Servers, Setup, Trainer, View};
use std::net::SocketAddr;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

const RUN: &str = r#"
    steps = 6
    [model.init]
    vocab_size = 300
    hidden_size = 32
    intermediate_size = 64
    num_hidden_layers = 1
    num_attention_heads = 2
    num_key_value_heads = 1
    max_position_embeddings = 256
    [warm_up]
    steps = 20
    batch_size = 8
    learning_rate = 1e-2
    [[warm_up.train]]
    task = "logic/gcd"
    config = { max_numbers = 2, max_value = 20 }
    [[train]]
    task = "logic/gcd"
    config = { max_numbers = 2, max_value = 20 }
    [rollout]
    prompts = 4
    group_size = 8
    max_response_tokens = 16
    max_prompt_tokens = 200
    [dynamic_sampling]
    enabled = false
    [optimizer]
    mini_batches = 1
    [validation]
    every = 3
    items = 4
    samples = 4
"#;

/// Kills the server after the second step. The next one comes to its address while responses of the third step wait to be judged.
struct Killer {
    server: Option<Server>,
    next: Option<JoinHandle<Server>>,
}

impl View for Killer {
    fn line(&mut self, _: &str) {}

    fn record(&mut self, record: &Record, _: u64) {
        if record.kind() == Kind::Train && record.step() == 2 && record.get("train/loss").is_some() {
            let Some(server) = self.server.take() else { return };
            let address = server.address();
            drop(server);
            self.next = Some(std::thread::spawn(move || serve(address)));
        }
    }
}

fn serve(address: SocketAddr) -> Server {
    Server::start_at(gavel(), address, &["--workers", "1"])
}

#[test]
fn a_server_that_is_started_again_stops_no_run() {
    let folder = tempfile::tempdir().unwrap();
    let server = serve(SocketAddr::from(([127, 0, 0, 1], 0)));
    let url = format!("http://{}", server.address());
    let retry = Retry { attempts: 1000, ..Retry::default() };
    let client = Client::builder().urls(vec![url]).retry(retry).deadline(Duration::from_secs(600)).build().unwrap();
    let setup = Setup {
        table: RUN.parse().unwrap(),
        output: folder.path().to_owned(),
        resume: false,
        verifier: Arc::new(Servers::new(client).unwrap()),
        stop: Arc::default(),
        view: Box::new(Killer { server: Some(server), next: None }),
    };
    assert_eq!(Trainer::start(setup).unwrap().run().unwrap(), Ending::Finished);
    let records = JsonLines::read(&folder.path().join("log.jsonl")).unwrap();
    let steps: Vec<&Record> = records.iter().filter(|record| record.get("train/loss").is_some()).collect();
    assert_eq!(steps.len(), 6);
    for step in steps {
        assert_eq!(step.get("train/response/not_graded_share"), Some(0.0), "step {}: the deadline leaves time to come back", step.step());
    }
}
