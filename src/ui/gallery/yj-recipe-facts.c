/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-recipe-facts"

#include "yj-recipe-facts.h"

#include <glib/gi18n.h>

#include "yj-file-digest.h"
#include "yj-job-text.h"
#include "yj-lineage.h"
#include "yj-probe.h"
#include "yj-window.h"

struct _YjRecipeFacts
{
  AdwBin        parent_instance;

  YjJob        *job;
  GSignalGroup *signals;
  GtkListBox   *list;

  GFile        *file;           /* what info and hash are of */
  YjMediaInfo  *info;           /* NULL until known */
  char         *hash;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (YjRecipeFacts, yj_recipe_facts, ADW_TYPE_BIN)

/**
 * yj_recipe_facts_add_row:
 * @list: a list
 * @title: what it is
 * @value: (nullable): as text that can be selected
 *
 * Returns: (transfer none) (nullable): the new row; %NULL without a value
 */
GtkWidget *
yj_recipe_facts_add_row (GtkListBox *list,
                         const char *title,
                         const char *value)
{
  GtkWidget *row;

  if (value == NULL || *value == '\0')
    return NULL;

  row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), value);
  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (row), TRUE);
  gtk_widget_add_css_class (row, "property");
  gtk_list_box_append (list, row);

  return row;
}

static char *
dup_time (gint64      us,
          const char *format)
{
  g_autoptr(GDateTime) utc = us > 0 ? g_date_time_new_from_unix_utc_usec (us) : NULL;
  g_autoptr(GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;

  return local != NULL ? g_date_time_format (local, format) : NULL;
}

static void
add_time (YjRecipeFacts *self,
          const char    *title,
          gint64         us)
{
  g_autofree char *text = dup_time (us, "%c");

  yj_recipe_facts_add_row (self->list, title, text);
}

/* The state in a word; none for one that a later version may have. */
static const char *
get_state_word (const char *name)
{
  YjJobState state;

  if (!yj_job_state_from_string (name, &state))
    return NULL;
  switch (state)
    {
    case YJ_JOB_WAITING:
      return _("Ordered");
    case YJ_JOB_SUBMITTING:
      return _("Sent");
    case YJ_JOB_UNCONFIRMED:
      return _("Unconfirmed");
    case YJ_JOB_CREATED:
      return _("Accepted");
    case YJ_JOB_PENDING:
      return _("Queued");
    case YJ_JOB_RUNNING:
      return _("Being made");
    case YJ_JOB_DOWNLOADING:
      return _("Downloaded from");
    case YJ_JOB_READY:
      return _("Ready");
    case YJ_JOB_FAILED:
      return _("Failed");
    case YJ_JOB_EXPIRED:
      return _("Expired");
    case YJ_JOB_CANCELLED:
      return _("Withdrawn");
    }
  return NULL;
}

static void
add_times (YjRecipeFacts *self)
{
  g_auto(GStrv) lines = g_strsplit (yj_job_get_times (self->job) != NULL ? yj_job_get_times (self->job) : "", "\n", -1);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto(GStrv) words = g_strsplit (lines[i], " ", 2);
      g_autofree char *time = words[0] != NULL && words[1] != NULL ? dup_time (g_ascii_strtoll (words[1], NULL, 10), "%X") : NULL;

      if (time != NULL && get_state_word (words[0]) != NULL)
        g_string_append_printf (text, "%s%s  %s", text->len > 0 ? "\n" : "", time, get_state_word (words[0]));
    }
  yj_recipe_facts_add_row (self->list, _("Steps"), text->str);
}

static void
copy_cb (GtkButton *button,
         char      *text)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (button));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (button)), text);
  if (YJ_IS_WINDOW (root))
    yj_window_add_toast (YJ_WINDOW (root), adw_toast_new (_("Copied")));
}

static void
add_copied (YjRecipeFacts *self,
            const char    *title,
            const char    *value,
            const char    *tooltip)
{
  GtkWidget *row = yj_recipe_facts_add_row (self->list, title, value);
  GtkWidget *button;

  if (row == NULL)
    return;
  button = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_data (button, "clicked", G_CALLBACK (copy_cb), g_strdup (value), (GClosureNotify) (GCallback) g_free, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

/* ---- the video */

static void
append (GString    *text,
        const char *more)
{
  if (more != NULL && *more != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", more);
}

static void
add_pictures (YjRecipeFacts *self)
{
  g_autoptr(GString) text = g_string_new (NULL);
  const YjMediaInfo *info = self->info;
  g_autofree char *codec = NULL, *rate = NULL, *bits = NULL;

  if (info->video_codec != NULL)
    /* translators: a codec and its profile: “H.264 (high)” */
    codec = info->video_profile != NULL ? g_strdup_printf (_("%s (%s)"), info->video_codec, info->video_profile) : g_strdup (info->video_codec);
  if (info->frame_rate > 0)
    /* translators: frames per second */
    rate = g_strdup_printf (_("%.4g fps"), info->frame_rate);
  if (info->duration > 0)
    /* translators: how much data a second of the video takes */
    bits = g_strdup_printf (_("%.2f Mbit/s"), (double) info->size * 8 / ((double) info->duration / 1e9) / 1e6);
  append (text, codec);
  append (text, rate);
  append (text, bits);
  yj_recipe_facts_add_row (self->list, _("Picture"), text->str);
}

static void
add_sound (YjRecipeFacts *self)
{
  g_autoptr(GString) text = g_string_new (NULL);
  const YjMediaInfo *info = self->info;
  g_autofree char *rate = NULL, *channels = NULL;

  if (info->sound_rate > 0)
    rate = g_strdup_printf (_("%.4g kHz"), info->sound_rate / 1000.0);
  if (info->channels > 2)
    channels = g_strdup_printf (ngettext ("%d channel", "%d channels", info->channels), info->channels);
  append (text, info->audio_codec);
  append (text, rate);
  append (text, info->channels == 1 ? _("mono") : info->channels == 2 ? _("stereo") : channels);
  yj_recipe_facts_add_row (self->list, _("Sound"), info->has_audio ? text->str : _("None"));
}

static void
add_file (YjRecipeFacts *self)
{
  g_autofree char *size = NULL, *path = NULL;

  if (yj_job_get_file (self->job) == NULL)
    return;
  if (yj_job_get_size (self->job) > 0)
    size = g_format_size_full ((guint64) yj_job_get_size (self->job), G_FORMAT_SIZE_LONG_FORMAT);
  path = g_file_get_parse_name (yj_job_get_file (self->job));
  yj_recipe_facts_add_row (self->list, _("File Size"), size);
  yj_recipe_facts_add_row (self->list, _("File"), path);
  add_copied (self, _("SHA-256"), self->hash, _("Copy Hash"));
}

/* ---- all of it */

static void
add_platform (YjRecipeFacts *self)
{
  if (yj_job_is_joined (self->job))
    return;
  /* The sandbox has another address at every start: where it was is of no use. */
  if (yj_job_get_origin (self->job) != NULL && g_str_has_suffix (yj_job_get_origin (self->job), "#sandbox"))
    yj_recipe_facts_add_row (self->list, _("Platform"), _("Sandbox: no AI, nothing was charged"));
  else
    yj_recipe_facts_add_row (self->list, _("Platform"), yj_job_get_origin (self->job));
}

static void
fill (YjRecipeFacts *self)
{
  g_autofree char *state = NULL, *facts = NULL;

  gtk_list_box_remove_all (self->list);
  if (self->job == NULL)
    return;

  state = yj_job_text_dup_state (self->job);
  facts = yj_job_text_dup_facts (self->job);
  if (yj_job_state_is_final (yj_job_get_state (self->job)))
    yj_recipe_facts_add_row (self->list, _("State"), state);
  yj_recipe_facts_add_row (self->list, _("Length and Size"), facts);
  if (self->info != NULL)
    {
      add_pictures (self);
      add_sound (self);
    }
  add_copied (self, _("Task Id"), yj_job_get_task_id (self->job), _("Copy Task Id"));
  yj_recipe_facts_add_row (self->list, _("Usage, as the Platform Told It"), yj_job_get_usage (self->job));
  if (yj_job_get_submitted (self->job) > 0)
    add_time (self, _("Submitted"), yj_job_get_submitted (self->job));
  else
    add_time (self, _("Created"), yj_job_get_created (self->job));
  add_time (self, _("Finished"), yj_job_get_finished (self->job));
  if (yj_job_get_submitted (self->job) > 0 && yj_job_get_finished (self->job) > yj_job_get_submitted (self->job))
    {
      g_autofree char *took = yj_job_text_dup_duration ((yj_job_get_finished (self->job) - yj_job_get_submitted (self->job)) * 1000);

      yj_recipe_facts_add_row (self->list, _("Time Taken"), took);
    }
  add_times (self);
  add_platform (self);
  add_file (self);
}

static void
probed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  YjMediaInfo *info = yj_probe_finish (result, &error);
  YjRecipeFacts *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (info == NULL)
    {
      g_debug ("nothing is known of the video: %s", error->message);
      return;
    }
  g_clear_pointer (&self->info, yj_media_info_free);
  self->info = info;
  fill (self);
}

static void
hashed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  char *hash = yj_file_digest_finish (result, &error);
  YjRecipeFacts *self = user_data;

  if (hash == NULL)
    return;                     /* cancelled, or the file is not there: the player says so */
  g_free (self->hash);
  self->hash = hash;
  fill (self);
}

/* Looks into the video once it is there. */
static void
look (YjRecipeFacts *self)
{
  GFile *file = self->job != NULL && yj_job_get_state (self->job) == YJ_JOB_READY ? yj_job_get_file (self->job) : NULL;

  if (file == self->file)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->info, yj_media_info_free);
  g_clear_pointer (&self->hash, g_free);
  g_set_object (&self->file, file);
  if (file == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  yj_probe_async (file, self->cancellable, probed_cb, self);
  yj_file_digest_async (file, self->cancellable, hashed_cb, self);
}

static void
job_changed_cb (YjRecipeFacts *self,
                GParamSpec    *pspec)
{
  if (g_str_equal (pspec->name, "moved") || g_str_equal (pspec->name, "total") || g_str_equal (pspec->name, "favourite"))
    return;
  look (self);
  fill (self);
}

static void
yj_recipe_facts_dispose (GObject *object)
{
  YjRecipeFacts *self = YJ_RECIPE_FACTS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->signals);
  g_clear_object (&self->job);
  g_clear_object (&self->file);
  g_clear_pointer (&self->info, yj_media_info_free);
  g_clear_pointer (&self->hash, g_free);

  G_OBJECT_CLASS (yj_recipe_facts_parent_class)->dispose (object);
}

static void
yj_recipe_facts_class_init (YjRecipeFactsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = yj_recipe_facts_dispose;
}

static void
yj_recipe_facts_init (YjRecipeFacts *self)
{
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->list));
  self->signals = g_signal_group_new (YJ_TYPE_JOB);
  g_signal_group_connect_swapped (self->signals, "notify", G_CALLBACK (job_changed_cb), self);
}

/**
 * yj_recipe_facts_set_job:
 * @self: the list
 * @job: (nullable): what it is about
 */
void
yj_recipe_facts_set_job (YjRecipeFacts *self,
                         YjJob         *job)
{
  g_return_if_fail (YJ_IS_RECIPE_FACTS (self));

  if (!g_set_object (&self->job, job))
    return;
  g_signal_group_set_target (self->signals, job);
  look (self);
  fill (self);
}
