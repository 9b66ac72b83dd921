/* Small comforts. Every page works without this file; nothing here decides anything. */
(function () {
  "use strict"

  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector))

  /* Where a form came back with something wrong: one fault takes the focus to its field, more to the list of them. */
  function focusFault (root) {
    const summary = root.querySelector("[data-error-summary]")
    const fault = root.querySelector("[aria-invalid=true]:not([type=hidden])")
    const single = fault && (!summary || all("li", summary).length === 1)
    const target = single ? fault : summary
    if (target) target.focus()
  }

  /* Text that is not saved yet: ask before leaving. What came back with a fault was not saved either. */
  function unsaved () {
    return all("form[method=post] textarea").some(area =>
      !area.form.dataset.leaving && !area.readOnly &&
      (area.value !== area.defaultValue || (area.value && area.form.querySelector("[aria-invalid=true]"))))
  }

  window.addEventListener("beforeunload", event => {
    if (unsaved()) event.preventDefault()
  })

  /* A second click on the same button does nothing. The server is safe anyway; this keeps the page calm. */
  document.addEventListener("submit", event => {
    const form = event.target
    if (event.defaultPrevented || form.method !== "post") return
    if (form.dataset.leaving) {
      event.preventDefault()
      return
    }
    form.dataset.leaving = "yes"
    all("button:not([type=button])", form).forEach(button => button.setAttribute("aria-disabled", "true"))
    setTimeout(() => release(form), 8000)
  })

  function release (form) {
    delete form.dataset.leaving
    all("[aria-disabled=true]", form).forEach(button => button.removeAttribute("aria-disabled"))
  }

  window.addEventListener("pageshow", event => {
    if (event.persisted) all("form[data-leaving]").forEach(release)
  })

  /* Saving in place (htmx): remember what was sent, say quietly how it went. */
  const sent = new WeakMap()

  function say (form, text, failed) {
    const note = form.querySelector("[data-saved]")
    if (!note) return
    note.textContent = text
    note.classList.toggle("saved--failed", Boolean(failed))
  }

  document.addEventListener("htmx:beforeRequest", event => {
    const form = event.target.closest("form")
    if (form) sent.set(form, all("textarea", form).map(area => [area, area.value]))
  })

  /* What was saved is no longer unsaved, also when the answer leads on to another page. */
  document.addEventListener("htmx:beforeOnLoad", event => {
    const { xhr, requestConfig } = event.detail
    if (requestConfig.verb === "get" || xhr.status >= 300 || loggedOut(xhr)) return
    const form = event.target.closest("form");
    (sent.get(form) || []).forEach(([area, value]) => { area.defaultValue = value })
  })

  document.addEventListener("htmx:afterRequest", event => {
    const form = event.target.closest("form")
    if (!form || !form.isConnected || event.detail.requestConfig.verb === "get") return
    if (!event.detail.successful || loggedOut(event.detail.xhr)) {
      say(form, loggedOut(event.detail.xhr)
        ? "Niet bewaard: je bent niet meer ingelogd. Log in een nieuw tabblad in en probeer het dan hier opnieuw. Je tekst blijft staan."
        : "Niet bewaard. Je tekst staat er nog; probeer het zo opnieuw.", true)
      return
    }
    const now = new Date().toLocaleTimeString("nl-NL", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Amsterdam" })
    say(form, "Bewaard om " + now)
  })

  /* After a time-out the answer is the log-in page: never put that in the middle of this one. */
  function loggedOut (xhr) {
    return /<!doctype html>/i.test((xhr.responseText || "").slice(0, 200)) &&
      new URL(xhr.responseURL || location.href).pathname.includes("/login/")
  }

  document.addEventListener("htmx:beforeSwap", event => {
    const { xhr, target } = event.detail
    if (loggedOut(xhr)) event.detail.shouldSwap = false
    /* A document that is still being made: leave it alone until it has news, so that nothing is read aloud twice. */
    if (target.dataset && target.dataset.state && target.id) {
      const fresh = new DOMParser().parseFromString(xhr.responseText, "text/html").getElementById(target.id)
      if (fresh && fresh.dataset.state === target.dataset.state) event.detail.shouldSwap = false
    }
  })

  document.addEventListener("htmx:load", event => focusFault(event.detail.elt))

  /* A long list of norms begins where one is. */
  all(".norm-list").forEach(list => {
    const here = list.querySelector("[aria-current]")
    if (here) list.scrollTop = here.offsetTop - list.offsetTop - list.clientHeight / 2
  })

  /* Menus fold away with Escape or a click beside them. */
  const menus = () => all("details.menu[open], details.account[open]")

  document.addEventListener("click", event => {
    menus().filter(menu => !menu.contains(event.target)).forEach(menu => { menu.open = false })
  })

  document.addEventListener("keydown", event => {
    if (event.key !== "Escape") return
    menus().forEach(menu => {
      menu.open = false
      menu.querySelector("summary").focus()
    })
  })

  /* On paper everything that is folded lies open. */
  window.addEventListener("beforeprint", () => all("details.fold:not([open])").forEach(fold => {
    fold.dataset.folded = "yes"
    fold.open = true
  }))

  window.addEventListener("afterprint", () => all("details[data-folded]").forEach(fold => {
    fold.open = false
    delete fold.dataset.folded
  }))

  /* Passkeys: say in words what the browser only writes in its log. */
  document.addEventListener("allauth.error", event => {
    const note = document.querySelector("[data-passkey-note]")
    if (!note) return
    event.preventDefault()
    note.textContent = "Dat lukte niet met de passkey. Probeer het opnieuw, of kies een andere manier."
  })

  focusFault(document)
})()
