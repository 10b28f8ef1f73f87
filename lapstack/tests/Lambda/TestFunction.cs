namespace Lapstack.Tests.Lambda;

/// <summary>
/// A function on a custom runtime: a Node script (Node is there wherever CDK is) that speaks the Runtime API and does
/// what its event says.
/// </summary>
internal static class TestFunction
{
    private const string Bootstrap = """
        #!/usr/bin/env node
        (async () => {
          const api = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime`;
          if (process.env.FAIL_INIT === 'report') {
            await fetch(`${api}/init/error`, { method: 'POST', body: JSON.stringify({ errorType: 'BadStart', errorMessage: 'no table' }) });
            process.exit(1);
          }
          if (process.env.FAIL_INIT === 'exit') process.exit(9);
          for (;;) {
            const next = await fetch(`${api}/invocation/next`);
            const id = next.headers.get('lambda-runtime-aws-request-id');
            const event = await next.json();
            if (event.print) console.log(event.print);
            if (event.exit !== undefined) process.exit(event.exit);
            if (event.hang) { setInterval(() => {}, 1000); await new Promise(() => {}); }
            const answer = event.fail
              ? { path: 'error', body: JSON.stringify({ errorType: 'Oops', errorMessage: event.fail }) }
              : { path: 'response', body: event.raw ?? JSON.stringify({
                  event, id, pid: process.pid,
                  deadline: Number(next.headers.get('lambda-runtime-deadline-ms')),
                  arn: next.headers.get('lambda-runtime-invoked-function-arn'),
                  variable: process.env[event.variable ?? ''] ?? null }) };
            await fetch(`${api}/invocation/${id}/${answer.path}`, { method: 'POST', body: answer.body });
          }
        })();
        """;

    /// <summary>Writes the function into a folder, which becomes its code asset.</summary>
    public static void WriteTo(string folder)
    {
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, "bootstrap");
        File.WriteAllText(file, Bootstrap);
        if (OperatingSystem.IsWindows())
        {
            // It has no #! lines.
            File.WriteAllText($"{file}.cmd", "@node \"%~dp0bootstrap\"\r\n");
        }
        else
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
