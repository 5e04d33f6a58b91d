//! `sysdesign diagram` and `sysdesign embed` as programs.

use crate::support::Folder;

const SHOP: &str = "sysdesign: 1\nname: Shop\ncomponents:\n  user: client\n  app: { kind: service, replicas: 3 }\n  db: database\nflows:\n  \
                    buy: { steps: [\"user -> app: buy\", \"app -> db: insert\"] }\n  look: { steps: [\"user -> app: look\"] }\n\
                    views:\n  front: { include: [user, app] }\n";

#[test]
fn without_a_kind_the_architecture_is_drawn() {
    let run = Folder::with(SHOP).run(&["diagram", "a.yaml"]).exits(0);
    assert!(run.out.starts_with("---\ntitle: \"Shop\"\n---\nflowchart LR\n"), "{}", run.out);
    assert!(run.err.is_empty(), "{}", run.err);
}

#[test]
fn several_pictures_are_a_page_or_a_folder_but_no_file() {
    let folder = Folder::with(SHOP);
    let page = folder.run(&["diagram", "a.yaml", "sequence"]).exits(0).out;
    assert_eq!(page.matches("```mermaid\n").count(), 2, "{page}");
    assert!(page.starts_with("## sequence of buy\n"), "{page}");
    folder.run(&["diagram", "a.yaml", "sequence", "-o", "out.mmd"]).exits(2);
    folder.run(&["diagram", "a.yaml", "sequence", "-o", "out/"]).exits(0);
    assert!(folder.path().join("out/sequence-of-buy.mmd").is_file());
    folder.run(&["diagram", "a.yaml", "sequence", "-o", "out.md"]).exits(0);
    assert_eq!(std::fs::read_to_string(folder.path().join("out.md")).unwrap(), page);
    folder.run(&["diagram", "a.yaml", "sequence", "--flow", "buy", "-o", "one.mmd"]).exits(0);
    let one = std::fs::read_to_string(folder.path().join("one.mmd")).unwrap();
    assert_eq!(one, std::fs::read_to_string(folder.path().join("out/sequence-of-buy.mmd")).unwrap());
}

#[test]
fn what_does_not_exist_is_told_with_what_does() {
    let folder = Folder::with(SHOP);
    let err = |arguments: &[&str]| folder.run(arguments).exits(2).err;
    assert!(err(&["diagram", "a.yaml", "--view", "fron"]).contains("did you mean `front`?"));
    assert!(err(&["diagram", "a.yaml", "sequence", "--flow", "pay"]).contains("there is no flow `pay`"));
    assert!(err(&["diagram", "a.yaml", "entities"]).contains("nothing to draw for `entities`"));
    assert!(err(&["diagram", "a.yaml", "drawing"]).contains("invalid value"));
    assert!(err(&["diagram", "b.yaml"]).contains("does not exist"));
}

#[test]
fn a_design_with_errors_is_not_drawn() {
    let folder = Folder::with(&SHOP.replace("app -> db", "app -> dbb"));
    let run = folder.run(&["diagram", "a.yaml", "-o", "out.mmd"]).exits(1);
    assert!(run.err.contains("unresolved-reference") && run.err.contains("cannot be drawn"), "{}", run.err);
    assert!(!folder.path().join("out.mmd").exists());
}

#[test]
fn the_list_names_kinds_and_their_pictures() {
    let run = Folder::with(SHOP).run(&["diagram", "a.yaml", "--list"]).exits(0);
    assert!(run.out.contains("architecture") && run.out.contains("buy, look"), "{}", run.out);
    assert!(!run.out.contains("entities"), "there is no data: {}", run.out);
}

#[test]
fn other_formats_and_findings_and_numbers_can_be_asked_for() {
    let folder = Folder::with(SHOP);
    assert!(
        folder
            .run(&["diagram", "a.yaml", "--format", "dot"])
            .exits(0)
            .out
            .starts_with("digraph \"architecture\" {")
    );
    assert!(folder.run(&["diagram", "a.yaml", "--format", "d2"]).exits(0).out.contains("direction: right"));
    assert!(folder.run(&["diagram", "a.yaml", "--format", "plantuml"]).exits(0).out.starts_with("@startuml"));
    let err = folder.run(&["diagram", "a.yaml", "mindmap", "--format", "d2"]).exits(2).err;
    assert!(err.contains("nothing to draw for `mindmap`"), "{err}");
    let dark = folder.run(&["diagram", "a.yaml", "--theme", "dark", "--findings", "--numbers"]).exits(0).out;
    assert!(dark.contains("theme: dark") && dark.contains("fill:#0"), "{dark}");
}

#[test]
fn equal_bytes_are_not_written_again_and_links_are_not_followed() {
    let folder = Folder::with(SHOP);
    let file = folder.path().join("out.mmd");
    folder.run(&["diagram", "a.yaml", "-o", "out.mmd"]).exits(0);
    let before = std::fs::metadata(&file).unwrap().modified().unwrap();
    std::thread::sleep(std::time::Duration::from_millis(20));
    folder.run(&["diagram", "a.yaml", "-o", "out.mmd"]).exits(0);
    assert_eq!(std::fs::metadata(&file).unwrap().modified().unwrap(), before);
    folder.run(&["diagram", "a.yaml", "-o", "missing/out.mmd"]).exits(2);
    let run = folder.run(&["diagram", "a.yaml", "-o", "out.bmp"]).exits(2);
    assert!(run.err.contains("`.bmp`") && run.err.contains("`.svg`"), "{}", run.err);
    assert!(!folder.path().join("out.bmp").exists());
    folder.run(&["diagram", "a.yaml", "-o", "out.svg"]).exits(0);
    let drawn = std::fs::read_to_string(folder.path().join("out.svg")).unwrap();
    assert!(drawn.starts_with("<svg") || drawn.starts_with("<?xml"), "{drawn}");
    folder.run(&["diagram", "a.yaml", "-o", "out.png"]).exits(0);
    assert!(std::fs::read(folder.path().join("out.png")).unwrap().starts_with(b"\x89PNG"));
    #[cfg(unix)]
    {
        folder.write("other.txt", "mine");
        std::os::unix::fs::symlink("other.txt", folder.path().join("link.mmd")).unwrap();
        folder.run(&["diagram", "a.yaml", "-o", "link.mmd"]).exits(2);
        assert_eq!(std::fs::read_to_string(folder.path().join("other.txt")).unwrap(), "mine");
    }
}

const PAGE: &str = "# Shop\n\n<!-- sysdesign: diagram=sequence flow=buy design=a.yaml -->\n<!-- sysdesign: end -->\n\nThe end. \n";

#[test]
fn embed_fills_blocks_and_a_second_run_changes_nothing() {
    let folder = Folder::with(SHOP);
    folder.write("README.md", PAGE);
    let stale = folder.run(&["embed", "--check", "README.md"]).exits(1);
    assert!(stale.out.contains("+ ```mermaid") && stale.err.contains("README.md:4"), "{stale:?}");
    assert_eq!(
        std::fs::read_to_string(folder.path().join("README.md")).unwrap(),
        PAGE,
        "--check writes nothing"
    );
    folder.run(&["embed", "README.md"]).exits(0);
    let filled = std::fs::read_to_string(folder.path().join("README.md")).unwrap();
    let (before, after) = PAGE.split_at(PAGE.find("<!-- sysdesign: end").unwrap());
    assert!(
        filled.starts_with(before) && filled.ends_with(after) && filled.contains("sequenceDiagram"),
        "{filled}"
    );
    folder.run(&["embed", "--check", "README.md"]).exits(0);
    folder.write("a.yaml", SHOP.replace("insert", "store it"));
    let stale = folder.run(&["embed", "--check", "README.md"]).exits(1);
    assert!(
        stale.out.lines().all(|line| line.contains("insert") || line.contains("store it")),
        "{}",
        stale.out
    );
}

#[test]
fn embed_leaves_a_page_alone_when_something_in_it_is_wrong() {
    let folder = Folder::with(SHOP);
    let refused = |page: &str, code: i32, why: &str| {
        folder.write("p.md", page);
        let run = folder.run(&["embed", "p.md"]).exits(code);
        assert!(run.err.contains(why), "{}", run.err);
        assert_eq!(std::fs::read_to_string(folder.path().join("p.md")).unwrap(), page);
    };
    let good = "<!-- sysdesign: design=a.yaml -->\n<!-- sysdesign: end -->\n";
    let with = |block: &str| format!("{good}{block}\n<!-- sysdesign: end -->\n");
    refused(&with("<!-- sysdesign: diagram=sequense design=a.yaml -->"), 2, "did you mean `sequence`?");
    refused(&with("<!-- sysdesign: design=b.yaml -->"), 2, "`b.yaml` does not exist");
    refused(&with("<!-- sysdesign: design=../../../../../../etc/passwd -->"), 2, "outside the project");
    refused(&with("<!-- sysdesign: design=/etc/passwd -->"), 2, "outside the project");
    refused(&with("<!-- sysdesign: design=a.yaml view=none -->"), 2, "there is no view `none`");
    refused(&with("<!-- sysdesign: design=a.yaml format=gif -->"), 2, "there is no format `gif`");
    refused("<!-- sysdesign: design=a.yaml -->\n", 2, "p.md:1");
    folder.write("broken.yaml", SHOP.replace("app -> db", "app -> dbb"));
    refused(&with("<!-- sysdesign: design=broken.yaml -->"), 1, "has errors");
}

#[test]
fn embed_keeps_line_ends_and_takes_pages_without_blocks() {
    let folder = Folder::with(SHOP);
    folder.write("dos.md", PAGE.replace('\n', "\r\n"));
    folder.write("none.md", "no block\n");
    folder.run(&["embed", "dos.md", "none.md"]).exits(0);
    let dos = std::fs::read_to_string(folder.path().join("dos.md")).unwrap();
    assert!(dos.contains("sequenceDiagram\r\n") && !dos.replace("\r\n", "").contains('\n'), "{dos:?}");
    assert_eq!(std::fs::read_to_string(folder.path().join("none.md")).unwrap(), "no block\n");
}
