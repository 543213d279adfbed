import HookTrials

for trial in HookTrial.all {
    print(trial.outcome().json)
}
