/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is wrong with the files of a draft. */
#include "yj-check-private.h"

#include <glib/gi18n.h>
#include <math.h>

/* The figure that a limit measures of a file; %FALSE while it is unknown. */
static gboolean
measure (YjDraftFile *file,
         YjLimitUnit  unit,
         double      *value)
{
  double width = yj_draft_file_get_width (file), height = yj_draft_file_get_height (file);

  *value = 0;
  switch (unit)
    {
    case YJ_LIMIT_BYTES:
      *value = (double) yj_draft_file_get_size (file);
      break;
    case YJ_LIMIT_SHORT_SIDE:
      *value = MIN (width, height);
      break;
    case YJ_LIMIT_PIXELS:
      *value = width * height;
      break;
    case YJ_LIMIT_RATIO:
      *value = height > 0 ? width / height : 0;
      break;
    case YJ_LIMIT_FRAME_RATE:
      /* to a tenth: 23.976 counts as 24 */
      *value = round (yj_draft_file_get_frame_rate (file) * 10) / 10;
      break;
    case YJ_LIMIT_DURATION:
      *value = round ((double) yj_draft_file_get_duration (file) / 1e8) / 10;
      break;
    case YJ_LIMIT_NONE:
    case YJ_LIMIT_SIDE:
    case YJ_LIMIT_NUMBER:
    case YJ_LIMIT_VALUES:
    case YJ_LIMIT_CHARACTERS:
    case YJ_LIMIT_HAN:
    case YJ_LIMIT_WORDS:
    case YJ_LIMIT_COUNT:
    case YJ_LIMIT_TYPES:
    case YJ_LIMIT_VIDEO_CODEC:
    case YJ_LIMIT_AUDIO_CODEC:
    case YJ_LIMIT_OPAQUE:
    case YJ_LIMIT_TOTAL_BYTES:
    case YJ_LIMIT_TOTAL_DURATION:
    case YJ_LIMIT_COMPANION:
    case YJ_LIMIT_EXCLUSIVE:
      return FALSE;
    }

  return *value > 0;
}

/* The sentence for one broken figure of a file; @too_much: the maximum is broken, else the minimum. */
static char *
describe (YjLimitUnit  unit,
          const char  *name,
          double       value,
          double       bound,
          gboolean     too_much)
{
  g_autofree char *is = NULL, *can = NULL;
  gulong number = value > 1 || value < 1 ? 2 : 1;       /* grammatically: 0.5 seconds, 1 second */

  yj_check_format_pair (unit, value, bound, &is, &can);
  switch ((int) unit)
    {
    case YJ_LIMIT_BYTES:
      /* translators: %1$s: file name, %2$s: its size, %3$s: the greatest size */
      return g_strdup_printf (_("“%1$s” has %2$s; the model takes at most %3$s."), name, is, can);
    case YJ_LIMIT_SIDE:
    case YJ_LIMIT_SHORT_SIDE:
      return too_much
             /* translators: %1$s: file name, %2$s and %3$s: a number of pixels */
             ? g_strdup_printf (_("“%1$s” is %2$s pixels long on one side; the model takes at most %3$s."), name, is, can)
             /* translators: %1$s: file name, %2$s and %3$s: a number of pixels */
             : g_strdup_printf (ngettext ("“%1$s” is only %2$s pixel long on one side; the model takes at least %3$s.",
                                          "“%1$s” is only %2$s pixels long on one side; the model takes at least %3$s.", number),
                                name, is, can);
    case YJ_LIMIT_PIXELS:
      return too_much
             /* translators: %1$s: file name, %2$s and %3$s: a number of pixels */
             ? g_strdup_printf (_("“%1$s” has %2$s pixels a frame; the model takes at most %3$s. Scale it down."), name, is, can)
             /* translators: %1$s: file name, %2$s and %3$s: a number of pixels */
             : g_strdup_printf (_("“%1$s” has only %2$s pixels a frame; the model takes at least %3$s."), name, is, can);
    case YJ_LIMIT_RATIO:
      return too_much
             /* translators: %1$s: file name, %2$s: its width divided by its height, %3$s: the greatest such number */
             ? g_strdup_printf (_("“%1$s” is too wide: %2$s times its height; the model takes at most %3$s times."), name, is, can)
             /* translators: %1$s: file name, %2$s: its width divided by its height, %3$s: the least such number */
             : g_strdup_printf (_("“%1$s” is too narrow: %2$s times its height; the model takes at least %3$s times."), name, is, can);
    case YJ_LIMIT_FRAME_RATE:
      return too_much
             /* translators: %1$s: file name, %2$s and %3$s: frames per second */
             ? g_strdup_printf (_("“%1$s” has %2$s frames per second; the model takes at most %3$s."), name, is, can)
             /* translators: %1$s: file name, %2$s and %3$s: frames per second */
             : g_strdup_printf (_("“%1$s” has only %2$s frames per second; the model takes at least %3$s."), name, is, can);
    default:
      return too_much
             /* translators: %1$s: file name, %2$s and %3$s: seconds */
             ? g_strdup_printf (_("“%1$s” is %2$s seconds long; the model takes at most %3$s. Shorten it."), name, is, can)
             /* translators: %1$s: file name, %2$s and %3$s: seconds */
             : g_strdup_printf (ngettext ("“%1$s” is only %2$s second long; the model takes at least %3$s.",
                                          "“%1$s” is only %2$s seconds long; the model takes at least %3$s.", number), name, is, can);
    }
}

/* The same for a clip that has too many pixels for what the video is to be. */
static char *
describe_at (YjCheck        *check,
             const YjLimit  *limit,
             const char     *name,
             const YjBreach *breach)
{
  g_autofree char *is = NULL, *can = NULL;

  yj_check_format_pair (limit->unit, breach->value, breach->bound, &is, &can);
  /* translators: %1$s: file name, %2$s and %4$s: a number of pixels, %3$s: a resolution such as 720p */
  return g_strdup_printf (_("“%1$s” has %2$s pixels a frame; for a video of %3$s the model is documented to take at most %4$s. Scale it down."),
                          name, is, yj_draft_get_value (check->draft, limit->when), can);
}

/* Of two limits of one kind that are broken, the first says enough, or a refusal in place of a note. */
static gboolean
is_told (YjCheck        *check,
         const YjLimit  *limit,
         const YjBreach *breach,
         YjDraftFile    *file)
{
  for (guint i = 0; limit->when != NULL && i < check->problems->len; i++)
    {
      const YjProblem *problem = g_ptr_array_index (check->problems, i);

      if (problem->file != file || problem->unit != limit->unit)
        continue;
      if (problem->severity <= breach->severity)
        return TRUE;
      g_ptr_array_remove_index (check->problems, i);
      return FALSE;
    }

  return FALSE;
}

static void
check_figure (YjCheck       *check,
              const YjLimit *limit,
              YjSlot        *slot,
              YjDraftFile   *file,
              double         value)
{
  g_autofree char *name = NULL;
  YjBreach breach;

  if (!yj_check_breaks (limit, value, &breach) || is_told (check, limit, &breach, file))
    return;

  name = yj_check_dup_file_name (file);
  yj_check_tell_breach (check, limit, &breach, yj_slot_get_field (slot), file,
                        limit->when != NULL && limit->unit == YJ_LIMIT_PIXELS && breach.too_much
                        ? describe_at (check, limit, name, &breach)
                        : describe (limit->unit, name, value, breach.bound, breach.too_much));
}

/* A type as people call it, and codings as they are. */
static char *
dup_type_name (const char *type)
{
  static const struct { const char *type, *name; } names[] = {
    { "image/webp", "WebP" }, { "image/svg+xml", "SVG" }, { "video/quicktime", "MOV" }, { "video/webm", "WebM" },
    { "video/x-matroska", "MKV" }, { "video/x-msvideo", "AVI" }, { "audio/mpeg", "MP3" }, { "audio/vnd.wave", "WAV" },
    { "audio/mp4", "M4A" }, { "audio/x-m4a", "M4A" }, { "video/matroska", "MKV" }, { "audio/x-wav", "WAV" },
    { "audio/x-vorbis+ogg", "Ogg" }, { "audio/x-opus+ogg", "Opus" }, { "audio/x-flac+ogg", "Ogg" }, { "audio/ogg", "Ogg" },
    { "video/ogg", "Ogg" }, { "video/x-theora+ogg", "Ogg" },
  };
  const char *slash = strchr (type, '/');

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (type, names[i].type))
      return g_strdup (names[i].name);
  if (slash == NULL)
    return g_strdup (type);
  return g_ascii_strup (g_str_has_prefix (slash, "/x-") ? slash + 3 : slash + 1, -1);
}

/* What has several names is told once. */
static char *
dup_list (char **values)
{
  g_autoptr(GString) list = g_string_new (NULL);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; values[i] != NULL; i++)
    {
      g_autofree char *name = dup_type_name (values[i]);

      if (g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
        continue;
      /* translators: between the things of a list */
      g_string_append_printf (list, "%s%s", list->len > 0 ? _(", ") : "", name);
      g_ptr_array_add (names, g_steal_pointer (&name));
    }

  return g_string_free_and_steal (g_steal_pointer (&list));
}

/**
 * yj_draft_dup_foreign_type:
 * @self: a draft
 * @role: a slot of its model
 * @content_type: of a file, in any of the names that the type has
 *
 * Returns: (transfer full) (nullable): what people call that type, such as `WebM`, when a document says that the slot does not
 *   take it; %NULL when it does, or when nobody says
 */
char *
yj_draft_dup_foreign_type (YjDraft    *self,
                           YjSlotRole  role,
                           const char *content_type)
{
  YjSlot *slot;
  GPtrArray *limits;

  g_return_val_if_fail (YJ_IS_DRAFT (self), NULL);
  g_return_val_if_fail (content_type != NULL, NULL);

  slot = yj_model_find_slot (yj_draft_get_model (self), role);
  limits = slot != NULL ? yj_slot_get_limits (slot) : NULL;
  for (guint i = 0; limits != NULL && i < limits->len; i++)
    {
      const YjLimit *limit = g_ptr_array_index (limits, i);
      gboolean taken = limit->unit != YJ_LIMIT_TYPES || limit->loosest_values == NULL || !yj_check_holds (self, limit);

      for (guint j = 0; !taken && limit->loosest_values[j] != NULL; j++)
        taken = g_content_type_equals (content_type, limit->loosest_values[j]);
      if (!taken)
        return dup_type_name (content_type);
    }

  return NULL;
}

static void
check_coding (YjCheck       *check,
              const YjLimit *limit,
              YjSlot        *slot,
              YjDraftFile   *file)
{
  const char *value = limit->unit == YJ_LIMIT_TYPES ? yj_draft_file_get_content_type (file)
                      : limit->unit == YJ_LIMIT_VIDEO_CODEC ? yj_draft_file_get_video_codec (file)
                      : yj_draft_file_get_audio_codec (file);
  g_autofree char *name = NULL, *list = NULL, *type = NULL;
  YjBreach breach = { 0 };
  char **values;

  if (!yj_check_lacks (limit, value, &breach.severity, &values))
    return;

  name = yj_check_dup_file_name (file);
  list = dup_list (values);
  type = dup_type_name (value);
  yj_check_tell_breach (check, limit, &breach, yj_slot_get_field (slot), file,
                        limit->unit == YJ_LIMIT_TYPES
                        /* translators: %1$s: file name, %2$s: its type, %3$s: the types that the model takes */
                        ? g_strdup_printf (_("“%1$s” is of type %2$s; the model takes: %3$s."), name, type, list)
                        /* translators: %1$s: file name, %2$s: how it is coded, as VP9, %3$s: the codings that the model takes */
                        : g_strdup_printf (_("“%1$s” is coded as %2$s; the model takes: %3$s."), name, value, list));
}

static void
check_opaque (YjCheck       *check,
              const YjLimit *limit,
              YjSlot        *slot,
              YjDraftFile   *file)
{
  g_autofree char *name = NULL, *type = NULL;
  YjBreach breach = { 0 };

  if (!yj_draft_file_get_alpha (file) || !yj_check_is_opaque (limit, yj_draft_file_get_content_type (file), &breach.severity))
    return;

  name = yj_check_dup_file_name (file);
  type = dup_type_name (yj_draft_file_get_content_type (file));
  yj_check_tell_breach (check, limit, &breach, yj_slot_get_field (slot), file,
                        /* translators: %1$s: file name, %2$s: its type, as PNG */
                        g_strdup_printf (_("“%1$s” has an alpha channel for transparency; the model takes %2$s pictures without one."), name, type));
}

/* Of two sides that are wrong the one that is worse, else the shorter: what is merely noted of it hides no refusal. */
static void
check_sides (YjCheck       *check,
             const YjLimit *limit,
             YjSlot        *slot,
             YjDraftFile   *file)
{
  double width = yj_draft_file_get_width (file), height = yj_draft_file_get_height (file);
  double least = MIN (width, height), most = MAX (width, height);
  YjBreach low, high;

  if (least <= 0)
    return;
  if (yj_check_breaks (limit, least, &low) && (!yj_check_breaks (limit, most, &high) || low.severity <= high.severity))
    check_figure (check, limit, slot, file, least);
  else
    check_figure (check, limit, slot, file, most);
}

/* What cannot be had can be nothing else either. */
static gboolean
is_there (YjCheck     *check,
          YjSlot      *slot,
          YjDraftFile *file)
{
  g_autofree char *name = yj_check_dup_file_name (file);
  YjProblem *problem;
  char *message = NULL;

  switch (yj_draft_file_get_state (file))
    {
    case YJ_FILE_THERE:
      return TRUE;
    case YJ_FILE_GONE:
      /* translators: %s: a file name */
      message = g_strdup_printf (_("“%s” is not there any more. Put it back, replace it or remove it."), name);
      break;
    case YJ_FILE_UNREADABLE:
      /* translators: %s: a file name */
      message = g_strdup_printf (_("“%s” cannot be read any more. Change its permissions, replace it or remove it."), name);
      break;
    case YJ_FILE_UNUSABLE:
      /* translators: %s: a file name */
      message = g_strdup_printf (_("“%s” was changed, and cannot be used as it is now. Put the old one back, replace it or remove it."), name);
      break;
    }

  problem = yj_check_tell (check, YJ_PROBLEM_ERROR, yj_slot_get_field (slot), message);
  g_set_object (&problem->file, file);
  return FALSE;
}

static void
check_one_file (YjCheck     *check,
                YjSlot      *slot,
                YjDraftFile *file)
{
  GPtrArray *limits = yj_slot_get_limits (slot);

  if (!is_there (check, slot, file))
    return;
  for (guint i = 0; i < limits->len; i++)
    {
      YjLimit *limit = g_ptr_array_index (limits, i);
      double value;

      if (!yj_check_holds (check->draft, limit))
        continue;
      if (limit->unit == YJ_LIMIT_TYPES || limit->unit == YJ_LIMIT_VIDEO_CODEC || limit->unit == YJ_LIMIT_AUDIO_CODEC)
        check_coding (check, limit, slot, file);
      else if (limit->unit == YJ_LIMIT_OPAQUE)
        check_opaque (check, limit, slot, file);
      else if (limit->unit == YJ_LIMIT_SIDE)
        check_sides (check, limit, slot, file);
      else if (measure (file, limit->unit, &value))
        check_figure (check, limit, slot, file, value);
    }
}

static char *
dup_missing (YjSlot *slot)
{
  switch (yj_slot_get_role (slot))
    {
    case YJ_SLOT_FIRST_FRAME:
      return g_strdup (_("Add a picture as the first frame."));
    case YJ_SLOT_LAST_FRAME:
      return g_strdup (_("Add a picture as the last frame."));
    case YJ_SLOT_REFERENCE_IMAGES:
      return g_strdup (_("Add a reference picture."));
    case YJ_SLOT_REFERENCE_VIDEOS:
      return g_strdup (_("Add a reference video."));
    case YJ_SLOT_REFERENCE_AUDIO:
      return g_strdup (_("Add a reference sound."));
    }

  return NULL;
}

/* ---- the files of a slot together */
static double
measure_share (YjDraftFile *file,
               YjLimitUnit  unit)
{
  switch ((int) unit)
    {
    case YJ_LIMIT_COUNT:
      return 1;
    case YJ_LIMIT_TOTAL_BYTES:
      return (double) yj_draft_file_get_size (file);
    case YJ_LIMIT_TOTAL_DURATION:
      return (double) yj_draft_file_get_duration (file) / 1e9;
    default:
      return 0;
    }
}

static char *
describe_total (YjLimitUnit  unit,
                const char  *label,
                const char  *name,
                double       sum,
                double       bound)
{
  g_autofree char *is = NULL, *can = NULL;

  yj_check_format_pair (unit, sum, bound, &is, &can);
  switch ((int) unit)
    {
    case YJ_LIMIT_COUNT:
      /* translators: %1$s: a place for files, as Reference Images, %2$s: a file name, %3$s and %4$s: numbers of files */
      return g_strdup_printf (_("With “%2$s” there are %3$s for %1$s; the model takes at most %4$s. Remove some."), label, name, is, can);
    case YJ_LIMIT_TOTAL_BYTES:
      /* translators: %1$s: a place for files, as Reference Images, %2$s: a file name, %3$s and %4$s: an amount of data */
      return g_strdup_printf (_("With “%2$s” the files for %1$s have %3$s together; the model takes at most %4$s."), label, name, is, can);
    default:
      /* translators: %1$s: a place for files, as Reference Videos, %2$s: a file name, %3$s and %4$s: seconds */
      return g_strdup_printf (_("With “%2$s” the files for %1$s are %3$s seconds long together; the model takes at most %4$s. Shorten or remove some."),
                              label, name, is, can);
    }
}

/* The limit of a single file that goes with one of all of them. */
static const YjLimit *
find_own_limit (YjCheck     *check,
                YjSlot      *slot,
                YjLimitUnit  unit)
{
  YjLimitUnit own = unit == YJ_LIMIT_TOTAL_BYTES ? YJ_LIMIT_BYTES : unit == YJ_LIMIT_TOTAL_DURATION ? YJ_LIMIT_DURATION : YJ_LIMIT_NONE;
  GPtrArray *limits = yj_slot_get_limits (slot);

  for (guint i = 0; own != YJ_LIMIT_NONE && i < limits->len; i++)
    {
      const YjLimit *limit = g_ptr_array_index (limits, i);

      if (limit->unit == own && yj_check_holds (check->draft, limit))
        return limit;
    }

  return NULL;
}

/* The share that is left of a file once it is as short or small as it has to be by itself, which is told as sternly. */
static double
measure_rest (YjDraftFile    *file,
              YjLimitUnit     unit,
              const YjLimit  *own,
              const YjBreach *breach)
{
  double share = measure_share (file, unit), value;
  YjBreach its;

  if (own == NULL || !measure (file, own->unit, &value) || !yj_check_breaks (own, value, &its) || !its.too_much ||
      its.severity > breach->severity)
    return share;

  return MIN (share, own->strictest.maximum);
}

/* The sentence names the file with which the total goes beyond. It is not needed where that is so only because of a file
   that is too much by itself. */
static void
check_total (YjCheck       *check,
             const YjLimit *limit,
             YjSlot        *slot,
             GListModel    *files)
{
  g_autoptr(YjDraftFile) last_straw = NULL;
  g_autofree char *name = NULL;
  const YjLimit *own = find_own_limit (check, slot, limit->unit);
  guint n = g_list_model_get_n_items (files);
  double sum = 0, so_far = 0;
  YjBreach breach, rest;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(YjDraftFile) file = g_list_model_get_item (files, i);

      sum += measure_share (file, limit->unit);
    }
  if (limit->unit == YJ_LIMIT_TOTAL_DURATION)
    sum = round (sum * 10) / 10;
  if (sum <= 0 || !yj_check_breaks (limit, sum, &breach))
    return;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(YjDraftFile) file = g_list_model_get_item (files, i);

      so_far += measure_rest (file, limit->unit, own, &breach);
      if (last_straw == NULL && (so_far > breach.bound || i == n - 1))
        last_straw = g_steal_pointer (&file);
    }
  if (so_far < sum && !yj_check_breaks (limit, so_far, &rest))
    return;

  name = yj_check_dup_file_name (last_straw);
  yj_check_tell_breach (check, limit, &breach, yj_slot_get_field (slot), last_straw,
                        describe_total (limit->unit, yj_slot_get_label (slot), name, sum, breach.bound));
}

void
yj_check_slot (YjCheck *check,
               YjSlot  *slot)
{
  GListModel *files = yj_draft_get_files (check->draft, yj_slot_get_role (slot));
  guint n = g_list_model_get_n_items (files), maximum = yj_slot_get_maximum (slot);
  const char *field = yj_slot_get_field (slot), *label = yj_slot_get_label (slot);
  GPtrArray *limits = yj_slot_get_limits (slot);

  if (n < yj_slot_get_minimum (slot))
    yj_check_tell_missing (check, field, dup_missing (slot));
  if (maximum > 0 && n > maximum)
    yj_check_tell (check, YJ_PROBLEM_ERROR, field,
                   /* translators: %1$d and %3$d: numbers of files, %2$s: a place for files, as Reference Images */
                   g_strdup_printf (_("There are %1$d for %2$s; the platform takes at most %3$d. Remove some."), (int) n, label, (int) maximum));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(YjDraftFile) file = g_list_model_get_item (files, i);

      check_one_file (check, slot, file);
    }
  for (guint i = 0; i < limits->len; i++)
    {
      YjLimit *limit = g_ptr_array_index (limits, i);

      if (!yj_check_holds (check->draft, limit))
        continue;
      if (limit->unit == YJ_LIMIT_COUNT || limit->unit == YJ_LIMIT_TOTAL_BYTES || limit->unit == YJ_LIMIT_TOTAL_DURATION)
        check_total (check, limit, slot, files);
    }
}
