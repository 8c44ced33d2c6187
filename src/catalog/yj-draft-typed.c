/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words that people type for files: “@cat”, and what the models' own pages teach: “[Image 1]”, “@Image1”, “图片1”,
   “character1”. */
#include "yj-draft-private.h"
#include "yj-mention-private.h"
#include "yj-prompt-text.h"

#include <string.h>

/* In brackets or after an at sign in any language; bare only as Chinese pages and those of Wan teach it. */
#define TYPED \
  "(?:\\[|【|@|＠)\\s?(?<word>image|picture|video|audio|character|subject|图片|图像|图|视频|音频)[ _]?(?<number>\\d{1,2})(?!\\d)(?:\\s?[\\]】])?" \
  "|(?<bare>图片|视频|音频|(?<![a-z])character)(?<barenumber>\\d{1,2})(?!\\d)"

static GRegex *
get_regex (void)
{
  static GRegex *regex;

  if (g_once_init_enter_pointer (&regex))
    g_once_init_leave_pointer (&regex, g_regex_new (TYPED, G_REGEX_CASELESS | G_REGEX_OPTIMIZE | G_REGEX_DUPNAMES, 0, NULL));
  return regex;
}

/* The kind that a word is of; UNKNOWN: pictures and clips are counted together. */
static YjMediaKind
get_kind (const char *word)
{
  static const struct { const char *word; YjMediaKind kind; } words[] = {
    { "image", YJ_MEDIA_KIND_IMAGE }, { "picture", YJ_MEDIA_KIND_IMAGE }, { "图", YJ_MEDIA_KIND_IMAGE },
    { "video", YJ_MEDIA_KIND_VIDEO }, { "视频", YJ_MEDIA_KIND_VIDEO },
    { "audio", YJ_MEDIA_KIND_AUDIO }, { "音频", YJ_MEDIA_KIND_AUDIO },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strncasecmp (word, words[i].word, strlen (words[i].word)) == 0)
      return words[i].kind;

  return YJ_MEDIA_KIND_UNKNOWN;
}

static YjDraftFile *
find_numbered (YjDraft     *self,
               YjMediaKind  kind,
               guint64      number)
{
  g_autoptr(GPtrArray) files = yj_draft_list_attached (self);
  guint n = 0;

  for (guint i = 0; i < files->len; i++)
    {
      YjDraftFile *file = g_ptr_array_index (files, i);
      YjMediaKind its = yj_draft_file_get_kind (file);

      n += kind != YJ_MEDIA_KIND_UNKNOWN ? its == kind : its != YJ_MEDIA_KIND_AUDIO;
      if (n == number)
        return file;            /* the draft holds it */
    }

  return NULL;
}

/* What a match stands for, NULL when nothing that is attached. */
static YjDraftFile *
find_matched (YjDraft    *self,
              GMatchInfo *match)
{
  g_autofree char *word = g_match_info_fetch_named (match, "word"), *number = g_match_info_fetch_named (match, "number");
  gboolean bare = word == NULL || *word == '\0';
  g_autofree char *bare_word = bare ? g_match_info_fetch_named (match, "bare") : NULL;
  g_autofree char *bare_number = bare ? g_match_info_fetch_named (match, "barenumber") : NULL;

  return find_numbered (self, get_kind (bare ? bare_word : word), g_ascii_strtoull (bare ? bare_number : number, NULL, 10));
}

void
yj_draft_list_typed_missing (YjDraft      *self,
                             const char   *text,
                             gsize         length,
                             GStrvBuilder *missing,
                             GHashTable   *seen)
{
  g_autoptr(GMatchInfo) match = NULL;

  for (g_regex_match_full (get_regex (), text, (gssize) length, 0, 0, &match, NULL);
       g_match_info_matches (match);
       g_match_info_next (match, NULL))
    {
      g_autofree char *all = g_match_info_fetch (match, 0);

      if (find_matched (self, match) == NULL && g_hash_table_add (seen, g_strdup (all)))
        g_strv_builder_add (missing, all);
    }
}

/* ---- into mentions */
static void
append_mention (YjDraft     *self,
                GString     *source,
                YjDraftFile *file)
{
  g_autofree char *label = yj_draft_dup_label (self, file);
  g_autofree char *mention = yj_prompt_text_mention (yj_draft_file_get_id (file), label);

  g_string_append (source, mention);
}

/* The file with the longest name that @text begins with. */
static YjDraftFile *
find_named (YjDraft    *self,
            GPtrArray  *files,
            const char *text,
            gsize       length,
            gsize      *used)
{
  YjDraftFile *found = NULL;

  *used = 0;
  for (guint i = 0; i < files->len; i++)
    {
      YjDraftFile *file = g_ptr_array_index (files, i);
      g_autofree char *label = yj_draft_dup_label (self, file);
      const char *names[] = { yj_draft_file_get_name (file), label };

      for (guint j = 0; j < G_N_ELEMENTS (names); j++)
        {
          gsize n = strlen (names[j]);

          if (n > *used && n <= length && strncmp (text, names[j], n) == 0 &&
              !(n < length && g_ascii_isalnum (text[n]) && g_ascii_isalnum (text[n - 1])))      /* “category” is no “cat” */
            {
              found = file;
              *used = n;
            }
        }
    }

  return found;
}

/* Text without numbered words: “@name” becomes a mention where a file has that name. */
static void
bind_names (YjDraft    *self,
            GString    *source,
            GPtrArray  *files,
            const char *text,
            gsize       length)
{
  const char *end = text + length;

  for (const char *p = text; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      const char *name = g_utf8_next_char (p);
      gsize used = 0;
      YjDraftFile *file = c == '@' || c == 0xff20 ? find_named (self, files, name, end - name, &used) : NULL;

      if (file == NULL)
        {
          g_string_append_unichar (source, c);
          continue;
        }
      append_mention (self, source, file);
      if (used == (gsize) (end - name))
        return;
      p = g_utf8_prev_char (name + used);
    }
}

static void
bind_text (YjDraft    *self,
           GString    *source,
           GPtrArray  *files,
           const char *text,
           gsize       length)
{
  g_autoptr(GMatchInfo) match = NULL;
  int from = 0;

  for (g_regex_match_full (get_regex (), text, (gssize) length, 0, 0, &match, NULL);
       g_match_info_matches (match);
       g_match_info_next (match, NULL))
    {
      YjDraftFile *file = find_matched (self, match);
      int start, end;

      if (file == NULL || !g_match_info_fetch_pos (match, 0, &start, &end))
        continue;
      bind_names (self, source, files, text + from, start - from);
      append_mention (self, source, file);
      from = end;
    }
  bind_names (self, source, files, text + from, length - from);
}

/**
 * yj_draft_dup_bound:
 * @self: a draft
 * @source: a prompt with its mentions, or plain text
 *
 * Reads the words that stand for attached files: “@name”, with or without the ending, and the words that models know, in
 * any family's spelling.
 *
 * Returns: (transfer full): the prompt with mentions in their place; what stands for nothing stays
 */
char *
yj_draft_dup_bound (YjDraft    *self,
                    const char *source)
{
  g_autoptr(GPtrArray) files = NULL, pieces = NULL;
  g_autoptr(GString) bound = g_string_new (NULL);

  g_return_val_if_fail (YJ_IS_DRAFT (self), NULL);
  g_return_val_if_fail (source != NULL, NULL);

  files = yj_draft_list_attached (self);
  pieces = yj_prompt_text_split (source);
  for (guint i = 0; i < pieces->len; i++)
    {
      const YjPromptPiece *piece = g_ptr_array_index (pieces, i);

      if (piece->id != NULL || files->len == 0)
        g_string_append_len (bound, piece->text, (gssize) piece->length);
      else
        bind_text (self, bound, files, piece->text, piece->length);
    }

  return g_string_free_and_steal (g_steal_pointer (&bound));
}
