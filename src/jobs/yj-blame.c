/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-blame.h"

#include <string.h>

/* A way in which platforms name a file in a refusal. */
typedef struct
{
  const char  *pattern;         /* the number, if any, is the first group that took part */
  YjMediaKind  kind;            /* which files are counted; UNKNOWN: all, in the order in which they are sent */
  int          role;            /* a YjSlotRole that it names, or -1 */
  int          first;           /* how the first one is counted: 0 or 1 */
} Way;

static const Way ways[] = {
  /* a list of contents begins with the prompt */
  { "\\bcontents?\\s*[\\[.](\\d+)", YJ_MEDIA_KIND_UNKNOWN, -1, 1 },
  { "first[\\s_-]*frame|首帧", YJ_MEDIA_KIND_IMAGE, YJ_SLOT_FIRST_FRAME, 1 },
  { "last[\\s_-]*frame|tail[\\s_-]*frame|尾帧", YJ_MEDIA_KIND_IMAGE, YJ_SLOT_LAST_FRAME, 1 },
  /* programs count from 0, and write it in brackets behind the name */
  { "\\b(?:reference_)?(?:image|picture|img)s?(?:_?(?:file|url)s?)?\\[(\\d+)\\]", YJ_MEDIA_KIND_IMAGE, -1, 0 },
  { "\\b(?:reference_)?videos?(?:_?(?:file|url)s?)?\\[(\\d+)\\]", YJ_MEDIA_KIND_VIDEO, -1, 0 },
  { "\\b(?:reference_)?audios?(?:_?(?:file|url)s?)?\\[(\\d+)\\]", YJ_MEDIA_KIND_AUDIO, -1, 0 },
  /* people count from 1 */
  { "\\b(?:image|picture|img|photo)s?[\\s_#-]*(?:file_?|no\\.?\\s*)?(\\d{1,2})\\b|(?:图片|图像|图)\\s*(\\d{1,2})|"
    "第\\s*(\\d{1,2})\\s*张", YJ_MEDIA_KIND_IMAGE, -1, 1 },
  { "\\b(?:video|clip)s?[\\s_#-]*(?:file_?|no\\.?\\s*)?(\\d{1,2})\\b|视频\\s*(\\d{1,2})|第\\s*(\\d{1,2})\\s*[个段]视频",
    YJ_MEDIA_KIND_VIDEO, -1, 1 },
  { "\\b(?:audio|sound)s?[\\s_#-]*(?:file_?|no\\.?\\s*)?(\\d{1,2})\\b|音频\\s*(\\d{1,2})|第\\s*(\\d{1,2})\\s*[个段]音频",
    YJ_MEDIA_KIND_AUDIO, -1, 1 },
  /* only a kind: means one where there is one */
  { "\\b(?:images?|pictures?|photos?)\\b|图片|图像", YJ_MEDIA_KIND_IMAGE, -1, 1 },
  { "\\breference videos?\\b|\\binput videos?\\b|参考视频|输入视频", YJ_MEDIA_KIND_VIDEO, -1, 1 },
  { "\\baudios?\\b|音频", YJ_MEDIA_KIND_AUDIO, -1, 1 },
};

/* All that is sent, in the order of the form. */
static GPtrArray *
list_files (YjDraft *draft)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *slots = yj_model_get_slots (yj_draft_get_model (draft));

  for (guint i = 0; i < g_list_model_get_n_items (slots); i++)
    {
      g_autoptr(YjSlot) slot = g_list_model_get_item (slots, i);
      GListModel *files = yj_draft_get_files (draft, yj_slot_get_role (slot));

      for (guint j = 0; j < g_list_model_get_n_items (files); j++)
        g_ptr_array_add (all, g_list_model_get_item (files, j));
    }

  return all;
}

static YjDraftFile *
find_by_name (GPtrArray  *files,
              const char *message)
{
  for (guint i = 0; i < files->len; i++)
    {
      g_autofree char *name = g_file_get_basename (yj_draft_file_get_file (g_ptr_array_index (files, i)));

      if (name != NULL && strlen (name) >= 5 && strstr (message, name) != NULL)
        return g_ptr_array_index (files, i);
    }

  return NULL;
}

/* A slot for one file may be named by its field: image1_file. */
static YjDraftFile *
find_by_field (YjDraft    *draft,
               const char *message)
{
  GListModel *slots = yj_model_get_slots (yj_draft_get_model (draft));

  for (guint i = 0; i < g_list_model_get_n_items (slots); i++)
    {
      g_autoptr(YjSlot) slot = g_list_model_get_item (slots, i);
      GListModel *files = yj_draft_get_files (draft, yj_slot_get_role (slot));
      g_autoptr(YjDraftFile) file = g_list_model_get_item (files, 0);

      if (g_list_model_get_n_items (files) == 1 && strstr (message, yj_slot_get_field (slot)) != NULL)
        return file;            /* the draft holds it */
    }

  return NULL;
}

static YjDraftFile *
get_nth (GPtrArray   *files,
         YjMediaKind  kind,
         int          n)
{
  for (guint i = 0; i < files->len; i++)
    {
      YjDraftFile *file = g_ptr_array_index (files, i);

      if ((kind == YJ_MEDIA_KIND_UNKNOWN || yj_draft_file_get_kind (file) == kind) && n-- == 0)
        return file;
    }

  return NULL;
}

static int
read_number (GMatchInfo *match)
{
  for (int i = 1; i < g_match_info_get_match_count (match); i++)
    {
      g_autofree char *text = g_match_info_fetch (match, i);

      if (text != NULL && *text != '\0')
        return (int) g_ascii_strtoll (text, NULL, 10);
    }

  return -1;
}

static YjDraftFile *
follow (const Way  *way,
        YjDraft    *draft,
        GPtrArray  *files,
        const char *message)
{
  g_autoptr(GRegex) regex = g_regex_new (way->pattern, G_REGEX_CASELESS, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;
  g_autoptr(YjDraftFile) only = NULL;
  int number;

  if (!g_regex_match (regex, message, 0, &match))
    return NULL;
  if (way->role >= 0)
    {
      only = g_list_model_get_item (yj_draft_get_files (draft, (YjSlotRole) way->role), 0);
      return only;              /* the draft holds it */
    }

  number = read_number (match);
  if (number >= way->first)
    return get_nth (files, way->kind, number - way->first);

  /* no number: clear only where there are not two */
  return get_nth (files, way->kind, 1) == NULL ? get_nth (files, way->kind, 0) : NULL;
}

/**
 * yj_blame_find_file:
 * @draft: what was sent
 * @message: (nullable): the platform's words
 *
 * Platforms name a file by its number, its field or its name, where people know it by its picture.
 *
 * Returns: (transfer none) (nullable): the one file of @draft that @message is about; %NULL: it names none, or not clearly
 */
YjDraftFile *
yj_blame_find_file (YjDraft    *draft,
                    const char *message)
{
  g_autoptr(GPtrArray) files = NULL;
  YjDraftFile *file;

  g_return_val_if_fail (YJ_IS_DRAFT (draft), NULL);

  if (message == NULL || !g_utf8_validate (message, -1, NULL))
    return NULL;

  files = list_files (draft);
  file = find_by_name (files, message);
  if (file == NULL)
    file = find_by_field (draft, message);
  for (guint i = 0; file == NULL && i < G_N_ELEMENTS (ways); i++)
    file = follow (&ways[i], draft, files, message);

  return file;
}
