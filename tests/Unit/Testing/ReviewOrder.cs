using System.Text;

namespace Jobs.Tests.Unit.Testing;

/// <summary>The guide's job that an event starts.</summary>
[OnEvent(Source = "com.example.orders", DetailType = "Order Failed",
    Detail = """{"amount": [{"numeric": [">", 100]}]}""")]
[Writes("reviews/")]
public sealed class ReviewOrder : IJob<ReviewOrder.FailedOrder, string>
{
    public sealed record FailedOrder(int Order, decimal Amount, string? Reason = null);

    public async Task<string> RunAsync(FailedOrder failed, JobContext job, CancellationToken stop)
    {
        var text = $"Order {failed.Order} of {failed.Amount} failed: {failed.Reason ?? "no reason is given"}";
        using var review = new MemoryStream(Encoding.UTF8.GetBytes(text));
        await job.WriteAsync($"reviews/{failed.Order}.txt", review, "text/plain", stop);
        return text;
    }
}
