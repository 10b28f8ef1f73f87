using Acme.Infra;

return JobsApp.Run(app => new JobsStack(app, "acme-stack"));
