/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calls of YjSecrets that wait. */
#pragma once

#include "yj-secrets.h"
#include "yj-test.h"

#define ORIGIN "https://example.invalid"
#define OTHER "http://127.0.0.1:8080"
#define KEY "sk-test-key-0001"

static inline char *
look_up (YjSecrets  *secrets,
         const char *origin,
         GError    **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  yj_secrets_lookup_async (secrets, origin, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  return yj_secrets_lookup_finish (secrets, result, error);
}

static inline gboolean
store (YjSecrets   *secrets,
       const char  *origin,
       const char  *key,
       GError     **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  yj_secrets_store_async (secrets, origin, key, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  return yj_secrets_store_finish (secrets, result, error);
}

static inline gboolean
clear (YjSecrets   *secrets,
       const char  *origin,
       GError     **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  yj_secrets_clear_async (secrets, origin, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  return yj_secrets_clear_finish (secrets, result, error);
}

static inline void
assert_key (YjSecrets  *secrets,
            const char *origin,
            const char *expected)
{
  g_autoptr(GError) error = NULL;
  char *key = look_up (secrets, origin, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (key, ==, expected);
  yj_secrets_free_key (key);
}
