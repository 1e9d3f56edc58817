document.title = "It rocks";
