# Run once, as an administrator: the pages from the start of the machine, the load at 5, and a look at 7 whether it is there.
# All three run under the account that alone can read the store.
param([string]$User = "COUNCIL\svc-tracker", [string]$Folder = "C:\tracker", [string]$Store = "D:\tracker")
$password = Read-Host "Password of $User"
[Environment]::SetEnvironmentVariable("TRACKER_STORE", $Store, "Machine")
$python = "$Folder\.venv\Scripts\python.exe"
$usual = New-ScheduledTaskSettingsSet -StartWhenAvailable -ExecutionTimeLimit (New-TimeSpan -Hours 2) -MultipleInstances IgnoreNew
$always = New-ScheduledTaskSettingsSet -ExecutionTimeLimit ([TimeSpan]::Zero) -RestartCount 999 -RestartInterval (New-TimeSpan -Minutes 1)

$pages = New-ScheduledTaskAction -Execute $python -Argument "-m streamlit run app.py" -WorkingDirectory $Folder
Register-ScheduledTask -TaskName "Permanence Tracker pages" -Action $pages -Trigger (New-ScheduledTaskTrigger -AtStartup) -Settings $always -User $User -Password $password

$load = New-ScheduledTaskAction -Execute "powershell.exe" -Argument "-NoProfile -ExecutionPolicy Bypass -File $Folder\deployment\windows\night.ps1" -WorkingDirectory $Folder
Register-ScheduledTask -TaskName "Permanence Tracker load" -Action $load -Trigger (New-ScheduledTaskTrigger -Daily -At 05:00) -Settings $usual -User $User -Password $password

$check = New-ScheduledTaskAction -Execute $python -Argument "tracker.py alert check --store $Store" -WorkingDirectory $Folder
Register-ScheduledTask -TaskName "Permanence Tracker check" -Action $check -Trigger (New-ScheduledTaskTrigger -Daily -At 07:00) -Settings $usual -User $User -Password $password
