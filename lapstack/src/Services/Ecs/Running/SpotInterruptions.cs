using Lapstack.Services.Ecs.Tasks;
using Lapstack.Wire;
using Microsoft.AspNetCore.Http;

namespace Lapstack.Services.Ecs.Running;

/// <summary>
/// Plays Fargate Spot taking its capacity back: <c>POST /_spot/TASK_ID</c>. The task is announced as interrupted while
/// it still runs, gets SIGTERM, and SIGKILL after its stop timeout.
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html
/// </summary>
internal sealed class SpotInterruptions(TaskStore tasks, TaskHost host) : IRoute
{
    public string Prefix => "/_spot/";

    public async Task HandleAsync(HttpContext context)
    {
        var task = tasks.Find((context.Request.Path.Value ?? "")[Prefix.Length..]);
        if (context.Request.Method != "POST" || task is not { CapacityProvider: "FARGATE_SPOT" })
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            await context.Response.WriteAsync("POST /_spot/<id of a task on FARGATE_SPOT>\n", context.RequestAborted);
            return;
        }
        await host.InterruptAsync(task.Id);
        context.Response.StatusCode = StatusCodes.Status202Accepted;
    }
}
