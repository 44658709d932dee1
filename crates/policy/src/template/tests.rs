//! Chat templates: expected texts follow from the rules of Jinja2 and Python, and a table from transformers.

use super::*;

const CHATML: &str = "\
{%- for message in messages %}
    {%- if loop.first and message.role != 'system' %}
        {{- '<|im_start|>system\\nBe brief.<|im_end|>\\n' }}
    {%- endif %}
    {{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>\\n' }}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|im_start|>assistant\\n' }}
{%- endif %}
";

fn render(source: &str, messages: &[Message], open_turn: bool) -> Result<String, PolicyError> {
    let variables = BTreeMap::from([("bos_token".to_owned(), serde_json::json!("<s>"))]);
    ChatTemplate::new(source.to_owned(), variables)?.render(messages, open_turn)
}

#[track_caller]
fn check(source: &str, expected: &str) {
    assert_eq!(render(source, &[Message::user("hi")], true).unwrap(), expected);
}

#[track_caller]
fn check_error(source: &str, line: usize, part: &str) {
    match render(source, &[Message::user("hi")], true).unwrap_err() {
        PolicyError::Template { line: found, message, .. } => {
            assert_eq!(found, line, "{message}");
            assert!(message.contains(part), "{message}");
        }
        other => panic!("{other}"),
    }
}

#[test]
fn turns_in_the_style_of_qwen() {
    check(CHATML, "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nhi<|im_end|>\n<|im_start|>assistant\n");
    let turns = [("system", "S"), ("user", " {{ x }} <b>\n"), ("assistant", "A")]
        .map(|(role, content)| Message { role: role.into(), content: content.into() });
    let expected = "<|im_start|>system\nS<|im_end|>\n<|im_start|>user\n {{ x }} <b>\n<|im_end|>\n<|im_start|>assistant\nA<|im_end|>\n";
    assert_eq!(render(CHATML, &turns, false).unwrap(), expected);
}

#[test]
fn blocks_and_comments_leave_no_space() {
    check("{{ bos_token }}\n  {% if true %}\nkept\n  {% endif %}\n  {# gone #}\nend\n", "<s>\nkept\nend");
    check("{% for i in range(5) %}{% if i == 2 %}{% continue %}{% endif %}{% if i == 4 %}{% break %}{% endif %}{{ i }}{% endfor %}", "013");
}

#[test]
fn values_are_written_as_python_writes_them() {
    check("{{ true }} {{ none }} {{ absent }}|{{ 1e16 }} {{ 0.0001 }} {{ 0.00001 }} {{ 3.0 }}", "True None |1e+16 0.0001 1e-05 3.0");
    check("{{ ['it\\'s', 'a\"b', 'c', none] }} {{ {'b': 1, 'a': false} }}", "[\"it's\", 'a\"b', 'c', None] {'b': 1, 'a': False}");
    check("{{ messages[0] | tojson }}", r#"{"role": "user", "content": "hi"}"#);
    check("{{ {'z': ['<é>', none], 'a': {}} | tojson }}", r#"{"z": ["<é>", null], "a": {}}"#);
    check("{{ {'z': [1], 'a': []} | tojson(indent=2, sort_keys=true) }}", "{\n  \"a\": [],\n  \"z\": [\n    1\n  ]\n}");
    check("{{ '😀' | tojson(ensure_ascii=true) }}", r#""\ud83d\ude00""#);
}

#[test]
fn template_may_know_the_date_but_not_ask_for_it() {
    check("{% if strftime_now is defined %}{{ strftime_now('%d') }}{% else %}26 Jul 2024{% endif %}", "26 Jul 2024");
    check_error("\n{{ strftime_now('%d') }}", 2, "there is no clock here");
}

#[test]
fn errors_name_the_line() {
    check_error("{{ bos_token }}\n\n{{ raise_exception('roles must alternate') }}", 3, "roles must alternate");
    check_error("a\n{% if %}", 2, "unexpected");
    check_error("a\nb\n{{ absent.field }}", 3, "");
}

#[test]
fn endless_work_ends() {
    let source = "{% for a in range(100000) %}\n{% for b in range(100000) %}{% endfor %}{% endfor %}";
    assert!(matches!(render(source, &[], true), Err(PolicyError::Template { .. })));
    let deep = format!("{{{{ {}1{} }}}}", "[".repeat(100), "]".repeat(100));
    assert!(matches!(render(&deep, &[], true), Err(PolicyError::Template { .. })));
}

#[test]
fn long_conversations_are_rendered() {
    let turns = vec![Message::user("a".repeat(100)); 10_000];
    assert_eq!(render(CHATML, &turns, false).unwrap().matches("<|im_end|>").count(), 10_001);
}

#[test]
fn without_a_template_the_contents_are_the_prompt() {
    let messages = [Message { role: "system".into(), content: "Count.".into() }, Message::user("1, 2,")];
    assert_eq!(Message::plain(&messages), "Count.\n\n1, 2,");
}

/// `vectors/templates.json`: what transformers renders, written by `tests/policy/against_transformers.py`.
#[test]
fn renders_as_transformers_does() {
    #[derive(Deserialize)]
    struct Table {
        tokens: BTreeMap<String, serde_json::Value>,
        templates: BTreeMap<String, String>,
        cases: Vec<Case>,
    }
    #[derive(Deserialize)]
    struct Case {
        template: String,
        messages: Vec<Message>,
        open_turn: bool,
        variables: BTreeMap<String, serde_json::Value>,
        text: String,
    }
    let table: Table = serde_json::from_str(include_str!("../../vectors/templates.json")).unwrap();
    assert!(table.cases.len() > 20);
    for case in table.cases {
        let mut template = ChatTemplate::new(table.templates[&case.template].clone(), table.tokens.clone()).unwrap();
        for (name, value) in case.variables {
            template = template.with_variable(name, value);
        }
        assert_eq!(template.render(&case.messages, case.open_turn).unwrap(), case.text, "{} {:?}", case.template, case.messages);
    }
}
