using Acme.Worker;

namespace Acme.Tests;

public sealed class SignupTests
{
    [Fact]
    public async Task Customer_is_recorded()
    {
        var env = new JobTestEnvironment();

        await env.RunAsync(new Signup(), env.Event(new Signup.Customer(7, "Ada")));

        Assert.StartsWith("Ada, ", env.Objects["customers/7.txt"].Text, StringComparison.Ordinal);
    }
}
