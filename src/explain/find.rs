//! Which unit somebody means.

use crate::lang::Said;
use crate::problem::{Kind, Outcome, Problem};
use crate::said;

/// The position of the one unit that `query`, an id, a name, or part of a name, means;
/// `units` are ids and names, where these are known.
///
/// # Errors
/// There is no such unit, or several.
pub fn find<'a>(units: impl Iterator<Item = (&'a str, Option<&'a str>)>, query: &str) -> Outcome<usize> {
    let mut found: [Vec<(usize, &str)>; 3] = Default::default();
    for (at, (id, name)) in units.enumerate() {
        let fits = [id == query, name == Some(query), name.is_some_and(|name| name.contains(query))];
        if let Some(best) = fits.iter().position(|fits| *fits) {
            found[best].push((at, id));
        }
    }
    // Whoever has that id comes before whoever is called so.
    let found = found.into_iter().find(|found| !found.is_empty()).unwrap_or_default();
    match found[..] {
        [(at, _)] => Ok(at),
        [] => Err(Problem::new(
            Kind::Usage,
            said!("名录里没有“{query}”", "no unit \"{query}\" in the register"),
            said!(
                "核对统一社会信用代码，或只写名称的一部分",
                "check the credit code, or give a part of the name"
            ),
        )),
        _ => {
            let count = found.len();
            let Said { zh, en } = Said::list(found.iter().take(5).map(|(_, id)| id));
            Err(Problem::new(
                Kind::Usage,
                said!("有 {count} 家单位与“{query}”相符：{zh} …", "{count} units fit \"{query}\": {en} …"),
                said!("用统一社会信用代码指明其中一家", "name one of them by its code"),
            ))
        }
    }
}
