"""Plain words in Textile as Redmine reads it: numeric references in place of what would be markup.

Redmine leaves references alone and looks for its own links, mentions and macros in what is between them, so the one
way stops both Textile's marks and `#123`, `[[page]]`, `{{macro}}`, `commit:` and `@login`; `<notextile>` would stop
only the former (https://www.redmine.org/projects/redmine/wiki/RedmineTextFormattingTextile).
"""

from __future__ import annotations

import re

_MARKUP = re.compile(
    r"""
      [&<>"\[\]{}|\#*^~=]                        # entities, tags, links, macros, tables, references, lists, marks
    | (?<![A-Za-z0-9])[-_+@] | [-_+@](?![A-Za-z0-9])  # marks and mentions; 2026-06-18, staging_web and a@b.c are none
    | (?<![0-9])%                                # spans; 50% is none
    | !(?=\S)                                    # images, and Redmine's own escape
    | (?<=\?)\? | \?(?=\?)                       # citations
    | (?<=\.)\.(?=\.)                            # an ellipsis
    | (?<=[A-Z])\( | (?<![^\W_])\((?=[A-Za-z]{1,2}\)) | \A\( | (?<=[\s>])\((?=\S*\)\S)  # acronyms, (c), classes
    | (?<=^[phb][1-6q.])\. | ^(?:p|h[1-6]|bq|bc|fn[0-9]+|pre|notextile|table|clear)(?=[^\s.]{0,80}\.)  # blocks
    | (?<![A-Za-z0-9])r(?=[0-9])                 # revisions
    | (?<=commit|source|export|attach) (?!)      # (prefixes with a colon follow)
    """,
    re.VERBOSE | re.MULTILINE,
)
