using Acme.Worker;

namespace Acme.Tests;

public sealed class LineCountTests
{
    [Fact]
    public async Task Lines_of_an_upload_are_counted()
    {
        var env = new JobTestEnvironment { Objects = { ["incoming/a.txt"] = "one\ntwo\n" } };
        Assert.Equal(2, (await env.RunAsync(new LineCount(), env.Upload("incoming/a.txt"))).Lines);
    }

    [Fact]
    public async Task Empty_upload_fails_for_good()
    {
        var env = new JobTestEnvironment { Objects = { ["incoming/a.txt"] = "" } };
        await Assert.ThrowsAsync<JobFailedException>(
            () => env.RunAsync(new LineCount(), env.Upload("incoming/a.txt")));
    }
}
