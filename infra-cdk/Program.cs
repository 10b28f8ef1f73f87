using Jobs;
using Jobs.Infra;

return JobsApp.Run(app => JobsStack.AddTo(app));
