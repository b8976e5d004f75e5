//! What stands in the help of `yaohao roll` in English.

/// The command (`roll.commit` is `commit` of `roll`), the argument, and the text.
pub const ENGLISH: &[(&str, &str)] = &[
    ("roll", "Rolls: draws of units from registers of a province or the nation, too large for memory"),
    (
        "roll.commit",
        "Read the register line by line (CSV or Parquet), fix it with policy and rules, and publish the commitment",
    ),
    (
        "roll.commit register",
        "The register: CSV in UTF-8, or Parquet; its headings are mapped by [units] of office.toml",
    ),
    ("roll.commit month", "Month of the visits, such as 2026-12"),
    (
        "roll.commit policy",
        "The policy of this draw, such as that of a targeted draw; default: the one in office.toml",
    ),
    ("roll.commit reserves", "How many reserves each stratum lists behind those drawn"),
    ("roll.commit commitment", "Nonce commitment handed in by the witness; one a party"),
    ("roll.commit issue", "Issue and day of a lottery, such as ssq=2026135@2026-11-29"),
    (
        "roll.commit at",
        "No drand pulse before this time (UTC+8), such as quicknet=2026-12-01T10:00; the first after the margin if left out",
    ),
    (
        "roll.commit no_tiles",
        "Do not write the public files of the roll; yaohao roll publish writes them later",
    ),
    ("roll.commit restart", "Throw away a commitment that was not finished; if left out it is gone on with"),
    ("roll.draw", "Type in the public events and nonces, and draw"),
    (
        "roll.draw result",
        "Result as the operator reads it, once for each event of the policy, such as \"3 1 4 1 5\"; a drand pulse is pasted",
    ),
    (
        "roll.draw witness_result",
        "The same, typed independently by the witness; a signed drand pulse is not typed twice",
    ),
    ("roll.draw pulse", "File with a drand pulse: the API's JSON, or the text of a QR code"),
    #[cfg(feature = "fetch")]
    (
        "roll.draw fetch",
        "Get the committed drand round from the addresses in office.toml; its signature is checked all the same",
    ),
    ("roll.draw nonce", "Secret nonce file that a witness brings; one a party"),
    ("roll.void", "Give up a roll, while nobody can compute its outcome"),
    ("roll.void reason", "Reason: register, policy, party (one is absent), beacon (the event was not held)"),
    ("roll.publish", "Write the public files of a roll committed with --no-tiles"),
    ("roll.publish register", "The register of the commitment, unchanged"),
    ("roll.lines", "Print all public lines of a roll, for a database (save them as roll.txt)"),
    ("roll.lines dir", "Public folder of the roll, such as rolls/2026-001"),
    ("roll.verify", "Verify a draw from a roll, with its public folder alone"),
    ("roll.verify dir", "Public folder of the roll, such as rolls/2026-001"),
    ("roll.verify commitment", "Hash of the commitment as announced before the draw"),
    ("roll.verify previous", "record.txt or void.txt of the roll before"),
    ("roll.prove", "Prove whether a unit is drawn and why, or that it is not in the roll"),
    ("roll.prove dir", "Public folder of the roll"),
    ("roll.prove units", "Ids of units"),
    ("roll.prove ids", "File with ids of units, one a line"),
    ("roll.prove out", "Write one file a unit into this folder"),
    ("roll.check", "Check the slip of a unit with the small documents alone, without the roll"),
    ("roll.check slip", "File of the slip"),
    (
        "roll.check documents",
        "Folder with commit.txt, reveal.txt, record.txt and the like; the roll is not needed",
    ),
    ("roll.check unit", "Id of the unit"),
    ("roll.check commitment", "Hash of the commitment as announced before the draw"),
    ("roll.check record", "Hash of the record as announced"),
];
