using Acme.Worker;

namespace Acme.Tests;

public sealed class GreeterTests
{
    [Fact]
    public async Task Customer_gets_a_letter()
    {
        var env = new JobTestEnvironment();

        await env.HandleAsync(new Greeter(), new Greeter.Customer(7, "Ada"));

        Assert.Equal("Dear Ada,\n", env.Objects["letters/7.txt"].Text);
    }
}
