//! Closed vocabularies: an ASCII key for files, the official Chinese term for people.

/// Declares an enumeration with `ALL`, `key`, `zh` and `from_text`.
#[macro_export]
macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $key:literal, $zh:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// All values, in their order.
            pub const ALL: &[$name] = &[$($name::$variant),+];

            /// The key used in settings and records.
            pub fn key(self) -> &'static str {
                match self { $($name::$variant => $key),+ }
            }

            /// The official Chinese term.
            pub fn zh(self) -> &'static str {
                match self { $($name::$variant => $zh),+ }
            }

            /// The value whose key is `text`, nothing else: for texts that are hashed.
            pub fn from_key(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|v| v.key() == text)
            }

            /// The value whose key or Chinese term is `text`.
            pub fn from_text(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|v| v.key() == text || v.zh() == text)
            }
        }
    };
}
