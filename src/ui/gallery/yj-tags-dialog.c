/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-tags-dialog"

#include "yj-tags-dialog.h"

#include <glib/gi18n.h>

struct _YjTagsDialog
{
  AdwDialog   parent_instance;

  YjJobQueue *queue;
  GPtrArray  *jobs;             /* YjJob: those whose tags are set */
  GStrv       shown;            /* the tags that there are rows for */
  GPtrArray  *checks;           /* GtkCheckButton, one for each of them, borrowed; NULL without jobs */
  gboolean    showing;          /* the checks are being set, not used */
  guint       update_id;

  GtkWidget  *entry;
  GtkWidget  *list;
  GtkWidget  *empty;
};

G_DEFINE_FINAL_TYPE (YjTagsDialog, yj_tags_dialog, ADW_TYPE_DIALOG)

/* What is typed as a tag, on one line without space around it; NULL when nothing is left. */
static char *
dup_tag (const char *text)
{
  char *tag = g_strdup (text);

  g_strdelimit (tag, "\n\r\t", ' ');
  g_strstrip (tag);
  if (*tag == '\0')
    g_clear_pointer (&tag, g_free);

  return tag;
}

/* ---- the list */

static guint
count_tagged (YjTagsDialog *self,
              const char   *tag)
{
  guint n = 0;

  for (guint i = 0; i < self->jobs->len; i++)
    {
      const char * const *tags = yj_job_get_tags (self->jobs->pdata[i]);

      n += tags != NULL && g_strv_contains (tags, tag);
    }

  return n;
}

static void
show_checks (YjTagsDialog *self)
{
  self->showing = TRUE;
  for (guint i = 0; i < self->checks->len; i++)
    {
      guint n = count_tagged (self, self->shown[i]);

      gtk_check_button_set_active (self->checks->pdata[i], n > 0 && n == self->jobs->len);
      gtk_check_button_set_inconsistent (self->checks->pdata[i], n > 0 && n < self->jobs->len);
    }
  self->showing = FALSE;
}

static void
toggled_cb (YjTagsDialog   *self,
            GtkCheckButton *check)
{
  if (self->showing)
    return;

  gtk_check_button_set_inconsistent (check, FALSE);
  yj_job_queue_set_tag (self->queue, self->jobs, g_object_get_data (G_OBJECT (check), "tag"), gtk_check_button_get_active (check));
}

static void
rename_answered_cb (AdwAlertDialog *alert,
                    const char     *answer,
                    YjTagsDialog   *self)
{
  const char *tag = g_object_get_data (G_OBJECT (alert), "tag");
  g_autofree char *to = dup_tag (gtk_editable_get_text (g_object_get_data (G_OBJECT (alert), "entry")));

  if (g_str_equal (answer, "rename") && to != NULL && !g_str_equal (to, tag))
    yj_job_queue_rename_tag (self->queue, tag, to);
}

static void
rename_cb (YjTagsDialog *self,
           GtkWidget    *button)
{
  const char *tag = g_object_get_data (G_OBJECT (button), "tag");
  AdwDialog *alert = adw_alert_dialog_new (_("Rename Tag"), NULL);
  GtkWidget *entry = gtk_entry_new ();

  gtk_editable_set_text (GTK_EDITABLE (entry), tag);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("New Name"), -1);
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (alert), entry);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (alert), "cancel", _("_Cancel"), "rename", _("_Rename"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (alert), "rename", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (alert), "rename");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (alert), "cancel");
  g_object_set_data_full (G_OBJECT (alert), "tag", g_strdup (tag), g_free);
  g_object_set_data (G_OBJECT (alert), "entry", entry);
  g_signal_connect_object (alert, "response", G_CALLBACK (rename_answered_cb), self, G_CONNECT_DEFAULT);
  adw_dialog_set_focus (alert, entry);
  adw_dialog_present (alert, GTK_WIDGET (self));
}

static void
remove_answered_cb (AdwAlertDialog *alert,
                    const char     *answer,
                    YjTagsDialog   *self)
{
  if (g_str_equal (answer, "remove"))
    yj_job_queue_rename_tag (self->queue, g_object_get_data (G_OBJECT (alert), "tag"), NULL);
}

static void
remove_cb (YjTagsDialog *self,
           GtkWidget    *button)
{
  const char *tag = g_object_get_data (G_OBJECT (button), "tag");
  AdwDialog *alert = adw_alert_dialog_new (_("Delete Tag?"), NULL);

  /* translators: %s is a tag */
  adw_alert_dialog_format_body (ADW_ALERT_DIALOG (alert), _("“%s” is taken from every video. The videos stay."), tag);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (alert), "cancel", _("_Cancel"), "remove", _("_Delete"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (alert), "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (alert), "cancel");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (alert), "cancel");
  g_object_set_data_full (G_OBJECT (alert), "tag", g_strdup (tag), g_free);
  g_signal_connect_object (alert, "response", G_CALLBACK (remove_answered_cb), self, G_CONNECT_DEFAULT);
  adw_dialog_present (alert, GTK_WIDGET (self));
}

static GtkWidget *
new_button (YjTagsDialog *self,
            const char   *tag,
            const char   *icon,
            const char   *name,
            GCallback     clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, name);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_object_set_data_full (G_OBJECT (button), "tag", g_strdup (tag), g_free);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);

  return button;
}

static void
add_row (YjTagsDialog *self,
         const char   *tag)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), tag);
  if (self->jobs->len > 0)
    {
      GtkWidget *check = gtk_check_button_new ();

      gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
      gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, tag, -1);
      g_object_set_data_full (G_OBJECT (check), "tag", g_strdup (tag), g_free);
      g_signal_connect_object (check, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
      g_ptr_array_add (self->checks, check);
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), new_button (self, tag, "document-edit-symbolic", _("Rename Tag"), G_CALLBACK (rename_cb)));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), new_button (self, tag, "user-trash-symbolic", _("Delete Tag"), G_CALLBACK (remove_cb)));
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

/* Rows are only made anew when there are other tags: else the focus would be lost by each use. */
static void
update (YjTagsDialog *self)
{
  g_auto(GStrv) tags = yj_job_queue_list_tags (self->queue);

  if (self->shown == NULL || !g_strv_equal ((const char * const *) tags, (const char * const *) self->shown))
    {
      g_ptr_array_set_size (self->checks, 0);
      gtk_list_box_remove_all (GTK_LIST_BOX (self->list));
      for (guint i = 0; tags[i] != NULL; i++)
        add_row (self, tags[i]);
      g_strfreev (self->shown);
      self->shown = g_steal_pointer (&tags);
    }
  show_checks (self);
  gtk_widget_set_visible (self->list, *self->shown != NULL);
  gtk_widget_set_visible (self->empty, *self->shown == NULL);
}

static gboolean
update_cb (gpointer user_data)
{
  YjTagsDialog *self = user_data;

  self->update_id = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

static void
job_changed_cb (YjTagsDialog *self)
{
  if (self->update_id == 0)
    self->update_id = g_idle_add (update_cb, self);
}

/* ---- a new one */

static void
add_cb (YjTagsDialog *self)
{
  g_autofree char *tag = dup_tag (gtk_editable_get_text (GTK_EDITABLE (self->entry)));

  if (tag == NULL)
    return;

  yj_job_queue_set_tag (self->queue, self->jobs, tag, TRUE);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  /* nothing is left to apply */
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self->entry), FALSE);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self->entry), TRUE);
}

/* ---- the object */

static void
yj_tags_dialog_dispose (GObject *object)
{
  YjTagsDialog *self = YJ_TAGS_DIALOG (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  g_clear_object (&self->queue);

  G_OBJECT_CLASS (yj_tags_dialog_parent_class)->dispose (object);
}

static void
yj_tags_dialog_finalize (GObject *object)
{
  YjTagsDialog *self = YJ_TAGS_DIALOG (object);

  g_clear_pointer (&self->jobs, g_ptr_array_unref);
  g_ptr_array_unref (self->checks);
  g_strfreev (self->shown);

  G_OBJECT_CLASS (yj_tags_dialog_parent_class)->finalize (object);
}

static void
yj_tags_dialog_class_init (YjTagsDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = yj_tags_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = yj_tags_dialog_finalize;
}

static void
yj_tags_dialog_init (YjTagsDialog *self)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *tags = adw_preferences_group_new ();

  self->checks = g_ptr_array_new ();
  self->entry = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->entry), _("New Tag"));
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self->entry), TRUE);
  g_signal_connect_object (self->entry, "apply", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->entry);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));

  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Tags"), -1);
  self->empty = gtk_label_new (_("A tag is a word of your own, by which videos are found again."));
  gtk_label_set_wrap (GTK_LABEL (self->empty), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->empty), 0);
  gtk_widget_add_css_class (self->empty, "dimmed");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (tags), self->list);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (tags), self->empty);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (tags));

  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  adw_dialog_set_title (ADW_DIALOG (self), _("Tags"));
  adw_dialog_set_child (ADW_DIALOG (self), view);
  adw_dialog_set_content_width (ADW_DIALOG (self), 420);
  adw_dialog_set_content_height (ADW_DIALOG (self), 460);
}

/**
 * yj_tags_dialog_new:
 * @queue: all jobs
 * @jobs: (element-type YjJob): those whose tags are set; none: tags are only renamed or taken away
 *
 * Returns: (transfer floating): a dialog to present
 */
YjTagsDialog *
yj_tags_dialog_new (YjJobQueue *queue,
                    GPtrArray  *jobs)
{
  YjTagsDialog *self;

  g_return_val_if_fail (YJ_IS_JOB_QUEUE (queue), NULL);
  g_return_val_if_fail (jobs != NULL, NULL);

  self = g_object_new (YJ_TYPE_TAGS_DIALOG, NULL);
  self->queue = g_object_ref (queue);
  self->jobs = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < jobs->len; i++)
    g_ptr_array_add (self->jobs, g_object_ref (jobs->pdata[i]));
  gtk_widget_set_visible (self->entry, jobs->len > 0);
  if (jobs->len > 0)
    adw_dialog_set_focus (ADW_DIALOG (self), self->entry);
  g_signal_connect_object (queue, "job-changed", G_CALLBACK (job_changed_cb), self, G_CONNECT_SWAPPED);
  update (self);

  return self;
}
