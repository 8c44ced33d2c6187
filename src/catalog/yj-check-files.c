/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is wrong with the files of a draft. */
#include "yj-check-private.h"

#include <glib/gi18n.h>
#include <math.h>

static char *
dup_name (YjDraftFile *file)
{
  g_autofree char *base = g_file_get_basename (yj_draft_file_get_file (file));

  return base != NULL ? g_filename_display_name (base) : g_strdup ("");
}

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
    case YJ_LIMIT_SIDE:
    case YJ_LIMIT_NUMBER:
    case YJ_LIMIT_VALUES:
    case YJ_LIMIT_CHARACTERS:
    case YJ_LIMIT_HAN:
    case YJ_LIMIT_WORDS:
    case YJ_LIMIT_COUNT:
    case YJ_LIMIT_TYPES:
    case YJ_LIMIT_TOTAL_DURATION:
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
  g_autofree char *is = unit == YJ_LIMIT_BYTES ? g_format_size ((guint64) value) : yj_check_format_number (value);
  g_autofree char *can = unit == YJ_LIMIT_BYTES ? g_format_size ((guint64) bound) : yj_check_format_number (bound);

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
             : g_strdup_printf (_("“%1$s” is only %2$s pixels long on one side; the model takes at least %3$s."), name, is, can);
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
             ? g_strdup_printf (_("“%1$s” is %2$s seconds long; the model takes at most %3$s."), name, is, can)
             /* translators: %1$s: file name, %2$s and %3$s: seconds */
             : g_strdup_printf (_("“%1$s” is only %2$s seconds long; the model takes at least %3$s."), name, is, can);
    }
}

static void
check_figure (YjCheck       *check,
              const YjLimit *limit,
              YjSlot        *slot,
              YjDraftFile   *file,
              double         value)
{
  g_autofree char *name = dup_name (file);
  YjProblemSeverity severity;
  const YjBounds *broken;
  gboolean too_much;

  if (!yj_check_breaks (limit, value, &severity, &broken))
    return;

  too_much = value > broken->maximum;
  yj_check_tell_of (check, severity, yj_slot_get_field (slot), file,
                    describe (limit->unit, name, value, too_much ? broken->maximum : broken->minimum, too_much));
}

static void
check_type (YjCheck       *check,
            const YjLimit *limit,
            YjSlot        *slot,
            YjDraftFile   *file)
{
  const char *type = yj_draft_file_get_content_type (file);
  g_autoptr(GString) list = g_string_new (NULL);
  g_autofree char *name = NULL;

  if (type == NULL || limit->loosest_values == NULL || yj_check_contains (limit->loosest_values, type))
    return;

  for (guint i = 0; limit->loosest_values[i] != NULL; i++)
    {
      const char *short_name = strchr (limit->loosest_values[i], '/') + 1;

      if (!g_str_has_prefix (short_name, "x-") && !g_str_has_prefix (short_name, "vnd."))
        g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", short_name);
    }
  name = dup_name (file);
  yj_check_tell_of (check, YJ_PROBLEM_LIMIT, yj_slot_get_field (slot), file,
                    /* translators: %1$s: file name, %2$s: its type, %3$s: the types that the model takes */
                    g_strdup_printf (_("“%1$s” is of type %2$s; the model takes: %3$s."), name, type, list->str));
}

static void
check_one_file (YjCheck     *check,
                YjSlot      *slot,
                YjDraftFile *file)
{
  GPtrArray *limits = yj_slot_get_limits (slot);

  for (guint i = 0; i < limits->len; i++)
    {
      YjLimit *limit = g_ptr_array_index (limits, i);
      double value;

      if (limit->unit == YJ_LIMIT_TYPES)
        check_type (check, limit, slot, file);
      else if (limit->unit == YJ_LIMIT_SIDE)
        {
          double width = yj_draft_file_get_width (file), height = yj_draft_file_get_height (file);
          double least = MIN (width, height), most = MAX (width, height);

          if (least > 0)
            check_figure (check, limit, slot, file, yj_check_is_within (&limit->strictest, least) ? most : least);
        }
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

void
yj_check_slot (YjCheck *check,
               YjSlot  *slot)
{
  GListModel *files = yj_draft_get_files (check->draft, yj_slot_get_role (slot));
  guint n = g_list_model_get_n_items (files), maximum = yj_slot_get_maximum (slot);
  const char *field = yj_slot_get_field (slot), *label = yj_slot_get_label (slot);
  GPtrArray *limits = yj_slot_get_limits (slot);
  double seconds = 0;

  if (n < yj_slot_get_minimum (slot))
    yj_check_tell_missing (check, field, dup_missing (slot));
  if (maximum > 0 && n > maximum)
    /* translators: %1$s: a slot such as Reference Images, %2$d: how many files it takes */
    yj_check_tell (check, YJ_PROBLEM_ERROR, field, g_strdup_printf (_("%1$s takes at most %2$d. Remove some."), label, (int) maximum));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(YjDraftFile) file = g_list_model_get_item (files, i);

      check_one_file (check, slot, file);
      seconds += (double) yj_draft_file_get_duration (file) / 1e9;
    }
  for (guint i = 0; i < limits->len; i++)
    {
      YjLimit *limit = g_ptr_array_index (limits, i);
      YjProblemSeverity severity;
      const YjBounds *broken;

      if (limit->unit == YJ_LIMIT_COUNT && yj_check_breaks (limit, n, &severity, &broken))
        yj_check_tell (check, severity, field,
                       /* translators: %1$s: a slot such as Reference Images, %2$d: how many files the model takes there */
                       g_strdup_printf (_("The model is documented to take at most %2$d for %1$s. Remove some."), label, (int) broken->maximum));
      if (limit->unit == YJ_LIMIT_TOTAL_DURATION && yj_check_breaks (limit, round (seconds * 10) / 10, &severity, &broken))
        {
          g_autofree char *is = yj_check_format_number (round (seconds * 10) / 10), *can = yj_check_format_number (broken->maximum);

          yj_check_tell (check, severity, field,
                         /* translators: %1$s: a slot such as Reference Videos, %2$s and %3$s: seconds */
                         g_strdup_printf (_("%1$s are %2$s seconds long together; the model takes at most %3$s. Remove or shorten some."),
                                          label, is, can));
        }
    }
}
