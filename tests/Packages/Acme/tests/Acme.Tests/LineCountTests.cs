using Acme.Worker;
using Jobs;

namespace Acme.Tests;

public sealed class LineCountTests
{
    [Fact]
    public async Task Lines_of_an_upload_are_counted()
    {
        var env = new JobTestEnvironment { Objects = { ["incoming/a.txt"] = "one\ntwo\n" } };
        Assert.Equal(2, (await env.RunAsync(new LineCount(), env.Upload("incoming/a.txt"))).Lines);
    }
}
