/**
 * A patch of no kernel, which has what the reader must tell apart: two files and several hunks, statements in the middle of
 * functions, a whole function, a conditional, removed lines, empty lines of context, a comment that a hunk cuts.
 */
const diff = `diff --git a/lib/pond.c b/lib/pond.c
index 1111111aaaaa..2222222bbbbb 100644
--- a/lib/pond.c
+++ b/lib/pond.c
@@ -10,6 +10,8 @@ static int fill_pond(struct pond *pond, unsigned long level,
 	if (!pond->open)
 		goto out;
 	level += 2;
+	if (drain_first(pond, level))
+		goto out;
 	pond->level = level;
 	if (pond->level > most)
 		pond->level = most;
@@ -40,6 +42,30 @@ static void close_pond(struct pond *pond)
 	pond->open = false;
 }
 
+#ifdef CONFIG_POND_FROGS
+/* Does a frog that leaps here always come down again? */
+static int count_frogs(struct pond *pond, int (*wanted)[2], unsigned long long from, int to)
+{
+	int frogs = 0;
+
+	for (; from < to; from++) {
+		if (pond->frog[from].colour == GREEN && -pond->frog[from].weight + 1 < 3 * pond->frog[from].age)
+			frogs++;
+	}
+	/* Tell nobody. */
+	return frogs;
+}
+#else
+static inline int count_frogs(struct pond *pond, int (*wanted)[2], unsigned long long from, int to)
+{
+	return 0;
+}
+#endif
+
+static void look(struct pond *pond)
+{
+	pr_info("frogs: %d\\n", count_frogs(pond, NULL, 0, 8));
+}
 
 /*
  * What follows is about the water alone, and
diff --git a/lib/reed.c b/lib/reed.c
index 3333333ccccc..4444444ddddd 100644
--- a/lib/reed.c
+++ b/lib/reed.c
@@ -3,7 +3,6 @@
 int cut_reed(struct reed *reed, int by)
 {
 	int left = reed->length;
-	int spare;
 
 	if (by > left)
 		return -EINVAL;
@@ -20,7 +19,7 @@ static void grow_reed(struct reed *reed)
 {
 	do {
 		reed->length++;
-	} while (reed->length < 10);
+	} while (reed->length < 12);
 
 	reed->age = 0;
 	return;
`;

const header = `From 0123456789abcdef0123456789abcdef01234567 Mon Sep 17 00:00:00 2001
From: A Gardener <gardener@example.org>
Date: Mon, 4 May 2026 10:00:00 +0200
Subject: [PATCH] pond: count the frogs
`;

const message = `
A pond has frogs. Count them, so that the heron
need not do it.

Signed-off-by: A Gardener <gardener@example.org>
---
 lib/pond.c | 26 ++++++++++++++++++++++++++
 lib/reed.c |  3 +--
 2 files changed, 27 insertions(+), 2 deletions(-)

`;

/** The output of `git format-patch`. */
export const ownMail = `${header}${message}${diff}-- \n2.39.5\n\n`;

/** The output of `git diff`. */
export const ownDiff = diff;

/** The patched part of one file, as a file. */
export const ownSource = `static int rake(struct pond *pond)
{
	return pond->level;
}
`;

/** What a web archive makes of a mail: no blanks in front, none behind, one instead of several, no header. */
export function archiveCopy(mail: string): string {
  const body = mail
    .replace(/^From .*\n/, '')
    .replace(/^From: .*\nDate: .*\nSubject: (.*)\n/, '$1\n\nFrom: A Gardener\n');
  const lines = body.split('\n').map((line) => line.replace(/[ \t]+/g, ' ').trim());
  return lines.join('\n').trimEnd();
}

const withHeader = (fields: string, body: string): string => `${header}${fields}${body}`;
const plainBody = `${message.slice(1)}${diff}-- \n2.39.5\n`;

export const base64Mail = withHeader(
  'MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n',
  `${Buffer.from(plainBody)
    .toString('base64')
    .replace(/(.{76})/g, '$1\n')}\n`,
);

const quotedPrintable = (text: string): string =>
  text
    .split('\n')
    .map((line) => {
      const coded = line.replace(
        /[=\t]/g,
        (c) => `=${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
      );
      return coded.replace(/ $/, '=20').replace(/(.{70}[^=]{3})(?=.)/g, '$1=\n');
    })
    .join('\n');

export const quotedPrintableMail = withHeader(
  'MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n',
  quotedPrintable(plainBody),
);

/** The patch as an attachment behind a word of greeting. */
export const attachedMail = withHeader(
  'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="reeds"\n',
  [
    '',
    '--reeds',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'Here it is.',
    '--reeds',
    'Content-Type: text/x-patch; charset=utf-8',
    'Content-Disposition: attachment; filename="pond.patch"',
    '',
    `${plainBody}`,
    '--reeds--',
    '',
  ].join('\n'),
);

const escaped = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

export const htmlMail = withHeader(
  'MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n',
  `<html><body><pre>\n${escaped(plainBody)}</pre></body></html>\n`,
);

export const quotedReply = withHeader(
  '',
  `\nOn Monday somebody wrote:\n${plainBody
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n')}\nLooks good.\n`,
);
