//! An XMP packet as it grows: properties in the forms that ISO 16684-1 knows, and the wrapping.

use std::fmt::Write as _;

/// The properties of a packet.
#[derive(Debug, Default)]
pub(super) struct Packet {
    body: String,
}

impl Packet {
    /// Opens descriptions of the document with these prefixes and their namespaces.
    pub(super) fn open(&mut self, namespaces: &[(&str, &str)]) {
        self.body.push_str("<rdf:Description rdf:about=\"\"");
        for (prefix, namespace) in namespaces {
            let _ = write!(self.body, " xmlns:{prefix}=\"{namespace}\"");
        }
        self.body.push_str(">\n");
    }

    /// Ends what [`Packet::open`] opened.
    pub(super) fn close(&mut self) {
        self.body.push_str("</rdf:Description>\n");
    }

    /// What is already markup.
    pub(super) fn raw(&mut self, markup: &str) {
        self.body.push_str(markup);
    }

    /// A property of one text; nothing for an empty one.
    pub(super) fn tell(&mut self, key: &str, text: &str) {
        if !text.is_empty() {
            let _ = writeln!(self.body, "<{key}>{}</{key}>", escape(text));
        }
    }

    /// A text in the document's language, which is also the default.
    pub(super) fn alternatives(&mut self, key: &str, text: &str, language: &str) {
        if !text.is_empty() {
            let (text, language) = (escape(text), escape(language));
            let _ = writeln!(
                self.body,
                "<{key}><rdf:Alt><rdf:li xml:lang=\"x-default\">{text}</rdf:li>\
                 <rdf:li xml:lang=\"{language}\">{text}</rdf:li></rdf:Alt></{key}>"
            );
        }
    }

    /// An ordered list (`Seq`) or one without order (`Bag`); nothing for an empty one.
    pub(super) fn list(&mut self, key: &str, kind: &str, items: &[&str]) {
        if items.is_empty() {
            return;
        }
        let _ = write!(self.body, "<{key}><rdf:{kind}>");
        for item in items {
            let _ = write!(self.body, "<rdf:li>{}</rdf:li>", escape(item));
        }
        let _ = writeln!(self.body, "</rdf:{kind}></{key}>");
    }

    /// The whole packet.
    pub(super) fn finish(self) -> String {
        format!(
            "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
             <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n\
             <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
             {}</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>",
            self.body
        )
    }
}

/// Text for XML 1.0: markup escaped, characters that it cannot hold dropped.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{FFFE}' | '\u{FFFF}' => {}
            c if c.is_control() && !matches!(c, '\t' | '\n' | '\r') => {}
            c => out.push(c),
        }
    }
    out
}
