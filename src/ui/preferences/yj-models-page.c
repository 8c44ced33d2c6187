/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-models-page"

#include "yj-models-page.h"

#include <glib/gi18n.h>

#include "yj-error-text.h"
#include "yj-job-text.h"
#include "yj-model-adder.h"
#include "yj-model-lists.h"

struct _YjModelsPage
{
  AdwPreferencesPage   parent_instance;

  AdwPreferencesGroup *news_group;
  AdwPreferencesGroup *missing_group;
  AdwPreferencesGroup *known_group;
  AdwActionRow        *file_row;
  AdwActionRow        *fault_row;

  YjSession           *session;
  GPtrArray           *rows;    /* of GtkWidget, unowned: those of the models */
  GPtrArray           *news;    /* of GtkWidget, unowned: those of the lists */
  GCancellable        *cancellable;
  guint                fill_id;
};

G_DEFINE_FINAL_TYPE (YjModelsPage, yj_models_page, ADW_TYPE_PREFERENCES_PAGE)

static void
say (YjModelsPage *self,
     const char   *text)
{
  GtkWidget *dialog = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_DIALOG);
  AdwToast *toast = adw_toast_new (text);

  /* The platform's own words may be in it. */
  adw_toast_set_use_markup (toast, FALSE);
  if (dialog != NULL)
    adw_preferences_dialog_add_toast (ADW_PREFERENCES_DIALOG (dialog), toast);
  else
    g_object_unref (g_object_ref_sink (toast));
}

static char *
dup_title (YjModel *model)
{
  return g_strjoin (" · ", yj_model_get_title (model), yj_job_text_get_mode (yj_model_get_mode (model)),
                    yj_model_get_provider (model), NULL);
}

/* ---- one model */
static YjModel *
get_model (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), "yj-model");
}

static void
set_model (GtkWidget *widget,
           YjModel   *model)
{
  g_object_set_data_full (G_OBJECT (widget), "yj-model", g_object_ref (model), g_object_unref);
}

static void
edited_cb (GtkEditable *row)
{
  const char *text = gtk_editable_get_text (row);
  g_autofree char *llmid = *text != '\0' ? yj_llmid_parse (text, NULL) : NULL;

  if (*text == '\0' || llmid != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
}

/* In place: a row stays where it is while the person works on it. */
static void
show_row (GtkWidget *row)
{
  YjModelsPage *self = g_object_get_data (G_OBJECT (row), "yj-page");
  const char *llmid = yj_model_get_llmid (get_model (row));

  gtk_editable_set_text (GTK_EDITABLE (row), llmid != NULL ? llmid : "");
  gtk_widget_set_visible (g_object_get_data (G_OBJECT (row), "yj-back"),
                          yj_catalog_has_own (yj_session_get_catalog (self->session), get_model (row)));
}

static void
applied_cb (AdwEntryRow  *row,
            YjModelsPage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (row));
  YjModel *model = get_model (GTK_WIDGET (row));
  g_autoptr(GError) error = NULL;
  g_autofree char *llmid = *text != '\0' ? yj_llmid_parse (text, &error) : NULL;

  if (error != NULL)
    {
      say (self, error->message);
      return;
    }
  if (llmid != NULL)
    yj_model_lists_take (self->session, model, llmid);
  else
    {
      yj_catalog_set_llmid (yj_session_get_catalog (self->session), model, NULL);
      yj_session_save_catalog (self->session);
    }
  show_row (GTK_WIDGET (row));
  say (self, yj_model_get_llmid (model) == NULL ? _("The model’s id was removed")
             : llmid != NULL ? _("The model can be used now") : _("The model’s id is as it was shipped"));
}

/* What a removed model was, to bring it back. */
typedef struct
{
  YjSession *session;
  char      *own;
} Removed;

static void
removed_free (gpointer  data,
              GClosure *closure)
{
  Removed *removed = data;

  g_object_unref (removed->session);
  g_free (removed->own);
  g_free (removed);
}

static void
undo_cb (Removed *removed)
{
  if (yj_catalog_replace_overlay (yj_session_get_catalog (removed->session), removed->own, -1, NULL))
    yj_session_save_catalog (removed->session);
}

static void
say_removed (YjModelsPage *self,
             YjModel      *model,
             char         *own)
{
  /* translators: %s: title of a model */
  g_autofree char *text = g_strdup_printf (_("“%s” was removed"), yj_model_get_title (model));
  GtkWidget *dialog = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_DIALOG);
  AdwToast *toast = adw_toast_new (text);
  Removed *removed = g_new0 (Removed, 1);

  removed->session = g_object_ref (self->session);
  removed->own = own;
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_timeout (toast, 10);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_cb), removed, removed_free, G_CONNECT_SWAPPED);
  adw_preferences_dialog_add_toast (ADW_PREFERENCES_DIALOG (dialog), toast);
}

/* A shipped model is as it came; one of the person's own is gone. */
static void
take_back_cb (GtkWidget    *button,
              YjModelsPage *self)
{
  YjCatalog *catalog = yj_session_get_catalog (self->session);
  g_autoptr(YjModel) model = g_object_ref (get_model (button));
  GtkWidget *row = gtk_widget_get_ancestor (button, ADW_TYPE_ENTRY_ROW);
  g_autofree char *own = yj_catalog_dup_overlay (catalog);

  if (yj_catalog_is_shipped (catalog, model))
    {
      yj_catalog_set_llmid (catalog, model, NULL);
      if (yj_catalog_has_own (catalog, model))          /* more than the id was changed, by hand */
        yj_catalog_remove_own (catalog, model, NULL);
      else
        {
          gtk_widget_grab_focus (row);
          show_row (row);
        }
      say (self, _("The model is as it was shipped"));
    }
  else if (yj_catalog_remove_own (catalog, model, NULL))
    say_removed (self, model, g_steal_pointer (&own));
  yj_session_save_catalog (self->session);
}

static void
add_model (YjModelsPage *self,
           YjModel      *model)
{
  gboolean shipped = yj_catalog_is_shipped (yj_session_get_catalog (self->session), model);
  GtkWidget *row = adw_entry_row_new ();
  GtkWidget *back = g_object_new (GTK_TYPE_BUTTON, "icon-name", shipped ? "edit-undo-symbolic" : "user-trash-symbolic",
                                  "valign", GTK_ALIGN_CENTER,
                                  "tooltip-text", shipped ? _("Reset to What Was Shipped") : _("Remove This Model"), NULL);
  AdwPreferencesGroup *group = yj_model_get_llmid (model) == NULL ? self->missing_group : self->known_group;
  g_autofree char *title = dup_title (model);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  g_object_set (row, "input-hints", GTK_INPUT_HINT_NO_SPELLCHECK | GTK_INPUT_HINT_NO_EMOJI, NULL);
  gtk_widget_set_tooltip_text (row, yj_model_get_note (model));
  set_model (row, model);
  g_object_set_data (G_OBJECT (row), "yj-page", self);
  g_object_set_data (G_OBJECT (row), "yj-back", back);
  gtk_widget_add_css_class (back, "flat");
  set_model (back, model);
  g_signal_connect (back, "clicked", G_CALLBACK (take_back_cb), self);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), back);
  show_row (row);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  g_signal_connect (row, "changed", G_CALLBACK (edited_cb), NULL);
  g_signal_connect (row, "apply", G_CALLBACK (applied_cb), self);
  g_signal_connect_object (model, "notify::llmid", G_CALLBACK (show_row), row, G_CONNECT_SWAPPED);
  adw_preferences_group_add (group, row);
  g_object_set_data (G_OBJECT (row), "yj-group", group);
  g_ptr_array_add (self->rows, row);
}

static void
clear_rows (GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (rows, i);

      adw_preferences_group_remove (g_object_get_data (G_OBJECT (row), "yj-group"), row);
    }
  g_ptr_array_set_size (rows, 0);
}

static void
fill (YjModelsPage *self)
{
  GListModel *catalog = G_LIST_MODEL (yj_session_get_catalog (self->session));
  gboolean missing = FALSE;

  clear_rows (self->rows);
  for (guint i = 0; i < g_list_model_get_n_items (catalog); i++)
    {
      g_autoptr(YjModel) model = g_list_model_get_item (catalog, i);

      missing |= yj_model_get_llmid (model) == NULL;
      add_model (self, model);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->missing_group), missing);
}

static gboolean
fill_cb (gpointer user_data)
{
  YjModelsPage *self = YJ_MODELS_PAGE (user_data);

  self->fill_id = 0;
  fill (self);
  return G_SOURCE_REMOVE;
}

/* Not while a row that will be gone still speaks. */
static void
fill_later (YjModelsPage *self)
{
  if (self->fill_id == 0)
    self->fill_id = g_idle_add (fill_cb, self);
}

/* ---- the platform's lists */
static void
take_cb (GtkWidget    *button,
         YjModelsPage *self)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, ADW_TYPE_ACTION_ROW);

  yj_model_lists_take (self->session, get_model (button), g_object_get_data (G_OBJECT (button), "yj-llmid"));
  gtk_widget_set_visible (row, FALSE);
}

static void
add_news (YjModelsPage        *self,
          const YjListedModel *listed)
{
  const char *mode = yj_job_text_get_mode (listed->mode);
  GtkWidget *row = adw_action_row_new (), *button;
  g_autofree char *title = listed->model != NULL ? dup_title (listed->model) : g_strjoin (" · ", listed->title, mode, NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), listed->llmid != NULL ? listed->llmid : listed->name);
  /* there may be many of them: no letter would be theirs */
  button = gtk_button_new_with_label (listed->model != NULL ? _("Use This Id") : _("Add…"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  if (listed->model != NULL)
    {
      set_model (button, listed->model);
      g_object_set_data_full (G_OBJECT (button), "yj-llmid", g_strdup (listed->llmid), g_free);
      g_signal_connect (button, "clicked", G_CALLBACK (take_cb), self);
    }
  else
    {
      g_autofree char *target = g_strdup_printf ("%s\n%s\n%s\n%s", yj_mode_to_string (listed->mode), listed->name, listed->title,
                                                 listed->llmid != NULL ? listed->llmid : "");

      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "models.add");
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (self->news_group, row);
  g_object_set_data (G_OBJECT (row), "yj-group", self->news_group);
  g_ptr_array_add (self->news, row);
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(YjModelsPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) lists = yj_model_lists_finish (YJ_SESSION (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || g_error_matches (error, YJ_ERROR, YJ_ERROR_CANCELLED))
    return;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "models.refresh", TRUE);
  if (lists == NULL)
    {
      g_autofree char *text = yj_error_text_dup (error);

      say (self, text);
      return;
    }
  for (guint i = 0; i < lists->len; i++)
    {
      const YjListedModel *listed = g_ptr_array_index (lists, i);

      if (listed->model == NULL || (listed->llmid != NULL && g_strcmp0 (listed->llmid, yj_model_get_llmid (listed->model)) != 0))
        add_news (self, listed);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->news_group), self->news->len > 0);
  if (self->news->len == 0)
    say (self, _("The platform’s lists say nothing new"));
}

static void
refresh_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  YjModelsPage *self = YJ_MODELS_PAGE (widget);

  gtk_widget_action_set_enabled (widget, "models.refresh", FALSE);
  clear_rows (self->news);
  gtk_widget_set_visible (GTK_WIDGET (self->news_group), FALSE);
  yj_model_lists_async (self->session, self->cancellable, listed_cb, g_object_ref (self));
}

static void
add_action (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  yj_model_adder_present (widget, YJ_MODELS_PAGE (widget)->session, g_variant_get_string (parameter, NULL));
}

/* ---- the file */
static void
launched_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(YjModelsPage) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!gtk_file_launcher_launch_finish (GTK_FILE_LAUNCHER (object), result, &error) &&
      !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    say (self, _("No text editor could be opened"));
}

static void
launch (YjModelsPage *self)
{
  g_autoptr(GFile) file = yj_session_new_overlay_file ();
  g_autoptr(GtkFileLauncher) launcher = gtk_file_launcher_new (file);

  gtk_file_launcher_launch (launcher, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->cancellable, launched_cb,
                            g_object_ref (self));
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(YjModelsPage) self = user_data;

  if (!g_cancellable_is_cancelled (self->cancellable))
    launch (self);
}

static void
looked_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(YjModelsPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GFileInfo) info = g_file_query_info_finish (G_FILE (object), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  if (info != NULL)
    {
      launch (self);
      return;
    }
  yj_session_save_catalog (self->session);      /* so that there is one */
  yj_session_wait_for_catalog (self->session, written_cb, g_object_ref (self));
}

static void
edit_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  g_autoptr(GFile) file = yj_session_new_overlay_file ();

  g_file_query_info_async (file, G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT,
                           YJ_MODELS_PAGE (widget)->cancellable, looked_cb, g_object_ref (widget));
}

static void
show_fault (YjModelsPage *self)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  g_object_get (self->session, "catalog-error", &error, NULL);
  text = error != NULL ? yj_error_text_dup (error) : g_strdup ("");
  gtk_widget_set_visible (GTK_WIDGET (self->fault_row), error != NULL);
  adw_action_row_set_subtitle (self->fault_row, text);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(YjModelsPage) self = user_data;

  /* what is wrong with it stands below it */
  if (yj_session_read_catalog_finish (YJ_SESSION (object), result, NULL) && !g_cancellable_is_cancelled (self->cancellable))
    say (self, _("The file was read"));
}

static void
read_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  YjModelsPage *self = YJ_MODELS_PAGE (widget);

  yj_session_read_catalog_async (self->session, self->cancellable, read_cb, g_object_ref (self));
}

/* ---- type */
static void
yj_models_page_dispose (GObject *object)
{
  YjModelsPage *self = YJ_MODELS_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->fill_id, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), YJ_TYPE_MODELS_PAGE);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->news, g_ptr_array_unref);

  G_OBJECT_CLASS (yj_models_page_parent_class)->dispose (object);
}

static void
yj_models_page_class_init (YjModelsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yj_models_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-models-page.ui");
  gtk_widget_class_bind_template_child (widget_class, YjModelsPage, news_group);
  gtk_widget_class_bind_template_child (widget_class, YjModelsPage, missing_group);
  gtk_widget_class_bind_template_child (widget_class, YjModelsPage, known_group);
  gtk_widget_class_bind_template_child (widget_class, YjModelsPage, file_row);
  gtk_widget_class_bind_template_child (widget_class, YjModelsPage, fault_row);
  gtk_widget_class_install_action (widget_class, "models.refresh", NULL, refresh_action);
  gtk_widget_class_install_action (widget_class, "models.add", "s", add_action);
  gtk_widget_class_install_action (widget_class, "models.edit-file", NULL, edit_action);
  gtk_widget_class_install_action (widget_class, "models.read-file", NULL, read_action);
}

static void
yj_models_page_init (YjModelsPage *self)
{
  g_autoptr(GFile) file = yj_session_new_overlay_file ();
  g_autofree char *name = g_file_get_parse_name (file);

  self->rows = g_ptr_array_new ();
  self->news = g_ptr_array_new ();
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_action_row_set_subtitle (self->file_row, name);
}

/**
 * yj_models_page_set_session:
 * @self: a page without a session
 * @session: an opened session, whose catalogue it shows and changes
 */
void
yj_models_page_set_session (YjModelsPage *self,
                            YjSession    *session)
{
  g_return_if_fail (YJ_IS_MODELS_PAGE (self));
  g_return_if_fail (YJ_IS_SESSION (session));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (yj_session_get_catalog (session), "items-changed", G_CALLBACK (fill_later), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::catalog-error", G_CALLBACK (show_fault), self, G_CONNECT_SWAPPED);
  show_fault (self);
  fill (self);
}
