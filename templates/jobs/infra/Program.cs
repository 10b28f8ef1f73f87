using Acme.Infra;

return JobsApp.Run(app =>
{
    _ = new JobsStack(app, app.Node.TryGetContext("stack") as string ?? "acme-stack");
    // Deployed once, by a person, and again when it changes: -c repository=owner/name.
    if (app.Node.TryGetContext("repository") is string repository)
    {
        _ = new PipelineStack(app, "acme-stack-pipeline", repository);
    }
});
