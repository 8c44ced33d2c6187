/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-way-out.h"

#include <glib/gi18n.h>

#include "yj-error.h"

/**
 * yj_way_out_set:
 * @button: a button
 * @code: a `YjError`, or -1
 *
 * Gives @button the words and the action that mend the cause of an error, where it is the key or the money.
 *
 * Returns: whether there is such a thing; @button is unchanged otherwise
 */
gboolean
yj_way_out_set (GtkButton *button,
                int        code)
{
  GtkActionable *actionable = GTK_ACTIONABLE (button);

  g_return_val_if_fail (GTK_IS_BUTTON (button), FALSE);

  if (code != YJ_ERROR_UNAUTHORIZED && code != YJ_ERROR_BALANCE)
    return FALSE;

  /* the target before the name: a name alone does not fit an action that takes a target */
  gtk_actionable_set_action_name (actionable, NULL);
  if (code == YJ_ERROR_UNAUTHORIZED)
    {
      gtk_button_set_label (button, _("Enter API Key"));
      gtk_actionable_set_action_target_value (actionable, NULL);
      gtk_actionable_set_action_name (actionable, "win.enter-key");
    }
  else
    {
      gtk_button_set_label (button, _("Top Up"));
      gtk_actionable_set_action_target (actionable, "s", "top-up");
      gtk_actionable_set_action_name (actionable, "app.console");
    }

  return TRUE;
}
