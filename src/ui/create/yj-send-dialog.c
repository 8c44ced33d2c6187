/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-send-dialog"

#include "yj-send-dialog.h"

#include <glib/gi18n.h>

#include "yj-camera-facts.h"
#include "yj-experience.h"
#include "yj-job-text.h"
#include "yj-poster-image.h"
#include "yj-reference-tile.h"
#include "yj-usual-words.h"

/**
 * yj_send_dialog_new_picture:
 * @width: px
 * @height: px; -1: as high as its place
 *
 * Returns: (transfer floating): a small picture of this size, whatever the size of the file's
 */
GtkWidget *
yj_send_dialog_new_picture (int width,
                            int height)
{
  GtkWidget *frame = g_object_new (GTK_TYPE_OVERLAY, "overflow", GTK_OVERFLOW_HIDDEN, "valign",
                                   height >= 0 ? GTK_ALIGN_CENTER : GTK_ALIGN_FILL, "child",
                                   g_object_new (GTK_TYPE_BOX, "width-request", width, "height-request", height, NULL), NULL);

  gtk_overlay_add_overlay (GTK_OVERLAY (frame), g_object_new (YJ_TYPE_POSTER_IMAGE, "size", MAX (width, height), "content-fit",
                                                              GTK_CONTENT_FIT_COVER, NULL));
  gtk_widget_add_css_class (frame, "summary-picture");
  return frame;
}

/**
 * yj_send_dialog_set_picture:
 * @picture: what yj_send_dialog_new_picture() gave
 * @file: what it is to show
 */
void
yj_send_dialog_set_picture (GtkWidget   *picture,
                            YjDraftFile *file)
{
  g_object_set (gtk_widget_get_last_child (picture), "file", yj_draft_file_get_file (file), "icon-name",
                yj_draft_file_get_kind (file) == YJ_MEDIA_KIND_AUDIO ? "audio-x-generic-symbolic" : "image-x-generic-symbolic", NULL);
}

static AdwPreferencesGroup *
add_group (AdwPreferencesPage *page,
           const char         *title)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_title (group, title);
  adw_preferences_page_add (page, group);
  return group;
}

/* A fact: what, and behind it what it is. */
static GtkWidget *
add_fact (AdwPreferencesGroup *group,
          const char          *title,
          const char          *value)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), value);
  gtk_widget_add_css_class (row, "property");
  adw_preferences_group_add (group, row);
  return row;
}

static void
add_problems (AdwPreferencesPage *page,
              YjDraft            *draft)
{
  g_autoptr(GPtrArray) problems = yj_draft_validate (draft);
  AdwPreferencesGroup *group = NULL;

  for (guint i = 0; i < problems->len; i++)
    {
      const YjProblem *problem = g_ptr_array_index (problems, i);
      GtkWidget *row;

      if (problem->severity == YJ_PROBLEM_NOTE)
        continue;
      if (group == NULL)
        group = add_group (page, _("Before That"));
      row = adw_action_row_new ();
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), problem->message);
      adw_preferences_group_add (group, row);
    }
}

/* Says so of a file that keeps what it tells. */
static void
looked_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(AdwActionRow) row = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *words = NULL;
  YjCameraFacts facts;

  /* One that cannot be read is told of where it is attached */
  if (!yj_camera_facts_look_finish (result, &facts, &error))
    g_debug ("What a file tells is not known: %s", error->message);
  else if (facts == YJ_CAMERA_FACTS_UNKNOWN || facts == YJ_CAMERA_FACTS_BROKEN)
    {
      words = g_strdup_printf ("%s\n%s", adw_action_row_get_subtitle (row),
                               _("Goes as it is: what it may tell of place, date and device cannot be taken out of it."));
      adw_action_row_set_subtitle (row, words);
    }
}

static void
add_file (AdwPreferencesGroup *group,
          YjDraft             *draft,
          YjSlot              *slot,
          YjDraftFile         *file,
          gboolean             keep_camera_facts)
{
  GtkWidget *row = adw_action_row_new (), *picture;
  g_autofree char *facts = yj_reference_tile_dup_facts (file), *mention = yj_draft_dup_mention (draft, file);
  g_autofree char *flat = g_strdelimit (g_strdup (facts), "\n", ' ');
  g_autofree char *words = *flat != '\0' ? g_strdup_printf ("%s · %s", yj_slot_get_label (slot), flat)
                                         : g_strdup (yj_slot_get_label (slot));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), yj_draft_file_get_name (file));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  picture = yj_send_dialog_new_picture (64, 44);
  yj_send_dialog_set_picture (picture, file);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), picture);
  if (mention != NULL)
    {
      GtkWidget *label = gtk_label_new (mention);

      gtk_widget_add_css_class (label, "dimmed");
      gtk_widget_add_css_class (label, "caption");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
    }
  adw_preferences_group_add (group, row);
  if (!keep_camera_facts)
    yj_camera_facts_look_async (yj_draft_file_get_file (file), NULL, looked_cb, g_object_ref (row));
}

/* What is not the files as they are: those that stay, and what is taken out of the others. */
static void
describe_files (AdwPreferencesGroup *group,
                YjDraft             *draft,
                gboolean             any,
                gboolean             keep_camera_facts)
{
  guint n_parked = g_list_model_get_n_items (yj_draft_get_parked (draft));
  g_autoptr(GString) words = g_string_new (NULL);

  if (any)
    g_string_append (words, keep_camera_facts ? _("As they are, with what they tell of place, date and device.")
                                              : _("Without what they tell of place, date and device, unless noted below."));
  if (any && n_parked > 0)
    g_string_append_c (words, '\n');
  if (n_parked > 0)
    g_string_append_printf (words, ngettext ("%d file stays here: the model does not take it.",
                                             "%d files stay here: the model does not take them.", n_parked), (int) n_parked);
  adw_preferences_group_set_description (group, words->str);
}

static void
add_files (AdwPreferencesPage *page,
           YjDraft            *draft,
           YjJobQueue         *queue)
{
  GListModel *slots = yj_model_get_slots (yj_draft_get_model (draft));
  guint n_parked = g_list_model_get_n_items (yj_draft_get_parked (draft));
  AdwPreferencesGroup *group = NULL;
  gboolean any = FALSE, keep;

  g_object_get (queue, "keep-camera-facts", &keep, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (slots); i++)
    {
      g_autoptr(YjSlot) slot = g_list_model_get_item (slots, i);
      GListModel *files = yj_draft_get_files (draft, yj_slot_get_role (slot));

      for (guint j = 0; j < g_list_model_get_n_items (files); j++)
        {
          g_autoptr(YjDraftFile) file = g_list_model_get_item (files, j);

          if (group == NULL)
            group = add_group (page, _("Files"));
          add_file (group, draft, slot, file, keep);
          any = TRUE;
        }
    }
  if (group == NULL && n_parked > 0)
    group = add_group (page, _("Files"));
  if (group != NULL)
    describe_files (group, draft, any, keep);
}

static char *
dup_setting (YjParameter *parameter,
             const char  *value)
{
  g_autofree char *words = yj_parameter_dup_value (parameter, value);

  if (g_strcmp0 (value, yj_parameter_get_default (parameter)) != 0)
    return g_steal_pointer (&words);

  /* translators: %s: the value of a setting as "720p", which is the one that it has unless changed */
  return g_strdup_printf (_("%s (default)"), words);
}

/* All that goes with it, as it is: also what nobody has touched. */
static void
add_settings (AdwPreferencesPage *page,
              YjDraft            *draft)
{
  GListModel *parameters = yj_model_get_parameters (yj_draft_get_model (draft));
  AdwPreferencesGroup *group = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (parameters); i++)
    {
      g_autoptr(YjParameter) parameter = g_list_model_get_item (parameters, i);
      const char *value = yj_draft_get_value (draft, yj_parameter_get_name (parameter));
      g_autofree char *words = value != NULL && *value != '\0' ? dup_setting (parameter, value) : NULL;

      if (words == NULL)
        continue;
      if (group == NULL)
        group = add_group (page, _("Settings"));
      add_fact (group, yj_parameter_get_label (parameter), words);
    }
}

static void
add_prompt (AdwPreferencesPage *page,
            YjDraft            *draft)
{
  AdwPreferencesGroup *group = add_group (page, _("Prompt"));
  g_autofree char *sent = yj_draft_dup_sent_prompt (draft);
  GtkWidget *label = gtk_label_new (sent), *row = adw_preferences_row_new ();

  if (g_strcmp0 (sent, yj_draft_get_prompt (draft)) != 0)
    adw_preferences_group_set_description (group, _("As the model gets it: files are called by its own words"));
  g_object_set (label, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "xalign", 0.0f, "selectable", TRUE,
                "margin-top", 12, "margin-bottom", 12, "margin-start", 12, "margin-end", 12, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, sent, -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), "");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  adw_preferences_group_add (group, row);
}

static void
add_expectations (AdwPreferencesPage *page,
                  YjDraft            *draft,
                  YjJobQueue         *queue,
                  guint               n_takes)
{
  AdwPreferencesGroup *group = add_group (page, _("Time and Cost"));
  YjUsualWait wait = yj_experience_get_wait_for (queue, draft);
  g_autofree char *cost = yj_usual_words_dup_cost (queue, draft);
  g_autofree char *median = yj_job_text_dup_duration (wait.median * 1000), *ninth = yj_job_text_dup_duration (wait.ninth * 1000);
  g_autofree char *time = NULL, *each = NULL;

  if (wait.n == 0)
    time = g_strdup (_("Not known yet: none of your jobs was like this"));
  else
    /* translators: %1$s and %2$s: times as 2:10, %3$d: a number of jobs */
    time = g_strdup_printf (ngettext ("Usually %1$s, nine of ten within %2$s (your last %3$d job like this)",
                                      "Usually %1$s, nine of ten within %2$s (your last %3$d jobs like this)", wait.n),
                            median, ninth, (int) wait.n);
  add_fact (group, _("Time"), time);
  if (n_takes > 1)
    /* translators: %1$d: a number of takes, %2$s: what each costs */
    each = g_strdup_printf (_("%1$d times: %2$s"), (int) n_takes, cost != NULL ? cost : _("unknown"));
  else
    each = g_strdup (cost != NULL ? cost : _("Unknown"));
  add_fact (group, _("Cost"), each);
  adw_preferences_group_set_description (group, _("Only what the replies to your own jobs said. The platform gives no prices in advance."));
}

/**
 * yj_send_dialog_new:
 * @draft: what is to be made
 * @queue: one's own jobs, for what they taught
 * @n_takes: how often
 *
 * Returns: (transfer floating): a dialog with all that will be sent
 */
AdwDialog *
yj_send_dialog_new (YjDraft    *draft,
                    YjJobQueue *queue,
                    guint       n_takes)
{
  AdwDialog *dialog = adw_dialog_new ();
  GtkWidget *view = adw_toolbar_view_new ();
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  YjModel *model;
  AdwPreferencesGroup *group;
  g_autofree char *name = NULL;

  g_return_val_if_fail (YJ_IS_DRAFT (draft), NULL);

  model = yj_draft_get_model (draft);
  name = g_strcmp0 (yj_model_get_title (model), yj_model_get_name (model)) == 0 ? g_strdup (yj_model_get_title (model))
         : g_strdup_printf ("%s (%s)", yj_model_get_title (model), yj_model_get_name (model));
  add_problems (page, draft);
  group = add_group (page, NULL);
  add_fact (group, _("Model"), name);
  add_fact (group, _("Mode"), yj_job_text_get_mode (yj_model_get_mode (model)));
  if (n_takes > 1)
    {
      g_autofree char *takes = g_strdup_printf ("%d", (int) n_takes);

      add_fact (group, _("Takes"), takes);
    }
  add_files (page, draft, queue);
  add_settings (page, draft);
  add_prompt (page, draft);
  add_expectations (page, draft, queue, n_takes);

  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), GTK_WIDGET (page));
  adw_dialog_set_title (dialog, _("What Will Be Sent"));
  adw_dialog_set_child (dialog, view);
  adw_dialog_set_content_width (dialog, 520);
  adw_dialog_set_content_height (dialog, 640);

  return dialog;
}
