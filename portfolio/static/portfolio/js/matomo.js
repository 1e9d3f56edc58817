/* Matomo, without cookies. Its own snippet is an inline script, which the Content-Security-Policy forbids. */
const { url, site } = document.currentScript.dataset

window._paq = [
  ["disableCookies"],
  ["trackPageView"],
  ["enableLinkTracking"],
  ["setTrackerUrl", `${url}/matomo.php`],
  ["setSiteId", site],
]
const script = document.createElement("script")
script.async = true
script.src = `${url}/matomo.js`
document.head.append(script)
