#!/usr/bin/env node
// Stands in for the program in muster.test.mjs: greets as `muster serve --demo` does and serves two pages, one
// that everybody can use and one that is wrong in ways axe-core knows. With --fail it ends before it greets.

import { createServer } from 'node:http';

const PAGES = /** @type {Record<string, string>} */ ({
  '/': '<h1>Users</h1><p>Three users.</p><label>Search <input name="search"></label>',
  '/wrong': '<h1>Users</h1><p style="color:#ccc">Pale.</p><input name="search"><div style="width:600px">Wide</div>',
});

if (process.argv.includes('--fail')) {
  console.error('error: the database is of a newer Muster');
  process.exit(1);
}

const server = createServer((request, response) => {
  const body = PAGES[request.url ?? '/'];
  response.writeHead(body ? 200 : 404, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
  });
  response.end(
    '<!doctype html><html lang="en"><head><meta name="viewport" content="width=device-width">' +
      `<title>Users - Muster</title></head><body><main>${body ?? '<h1>Not found</h1>'}</main></body></html>`,
  );
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  console.log(`listening on http://127.0.0.1:${port}`);
  console.log(`Sign in:  http://127.0.0.1:${port}/sign-in/once`);
  console.log('Email:    owner@acme.example');
  console.log('Password: correct-horse-7');
});
process.on('SIGTERM', () => {
  server.close(() => process.exit(0));
  server.closeAllConnections();
});
